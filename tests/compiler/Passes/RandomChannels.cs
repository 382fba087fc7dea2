// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.Passes;

/// <summary>Small networks with channels that are constant or unread, in every place where they can pass or must stop. Equal seeds give equal graphs.</summary>
internal sealed class RandomChannels
{
    private static readonly Activation[] Activations = [Activation.None, Activation.Relu, Activation.Relu6];
    private static readonly Quantization[] Quantizations = [new(0.25f, -4), new(0.25f, -128), new(0.1f, 7), new(0.02f, 127)];

    private readonly Random _random;
    private readonly GraphBuilder _graph = new();
    private int _count;

    private RandomChannels(int seed) => _random = new Random(seed);

    public static Graph Of(int seed) => new RandomChannels(seed).Build();

    private Graph Build()
    {
        var x = _graph.Input(Tensor(1, _random.Next(2, 6), _random.Next(2, 6), _random.Next(1, 4)));
        var values = new List<Value> { x };
        for (var layers = _random.Next(3, 12); layers > 0; layers--)
        {
            values.Add(Layer(values[Math.Max(0, values.Count - 1 - _random.Next(2))], values));
        }

        var y = values[^1];
        var flat = _graph.Add(new Reshape(), GraphBuilder.Tensor($"v{_count++}", y.Quantization!, 1, y.Shape.Count), y);
        var end = _graph.Add(new FullyConnected(Activation.None), Tensor(1, 3), flat, Weights(flat.Shape[1], 3, flat.Shape[1]), Bias(3));
        return _graph.Build([end, .. values.Skip(1).Where(_ => _random.Next(8) == 0).Take(1)]);
    }

    private Value Layer(Value x, List<Value> values)
    {
        var (h, w, c) = (x.Shape[1], x.Shape[2], x.Shape[3]);
        var outputs = _random.Next(1, 7);
        var activation = Activations[_random.Next(Activations.Length)];
        switch (_random.Next(11))
        {
            case 0:
                return _graph.Add(Layers.Depthwise(Padding.SAME) with { Activation = activation }, Tensor(1, h, w, c), x, Weights(1, 1, 3, 3, c), Bias(c));
            case 1:
                return _graph.Add(Layers.Depthwise(Padding.SAME) with { Activation = activation }, Tensor(1, h, w, 2 * c), x, Weights(1, 1, 3, 3, 2 * c), Bias(2 * c));
            case 2:
                return _graph.Add(new Mul(activation), Tensor(1, h, w, c), x, values.Last(value => value.Shape.Equals(x.Shape)));
            case 3:
                return _graph.Add(new Add(activation), Tensor(1, h, w, c), x, values.Last(value => value.Shape.Equals(x.Shape)));
            case 4:
                return _graph.Add(new Sub(activation), Tensor(1, h, w, c), Constant(c), x);
            case 5:
                return _graph.Add(new Pool2D(_random.Next(2) == 0 ? "average" : "max", Padding.SAME, (1, 1), (2, 3), activation), Like(x, 1, h, w, c), x);
            case 6:
                return _graph.Add(new ClampTable(x.Quantization!.ZeroPoint, 127), Tensor(1, h, w, c), x);
            case 7:
                return _graph.Add(Layers.Border(1, 0, 0, 1, (sbyte)_random.Next(-5, 5)), Like(x, 1, h + 1, w + 1, c), x);
            case 8:
                var mean = _graph.Add(new Reduce(Reduction.Mean, [1, 2]), Tensor(1, 1, 1, c), x);
                return _graph.Add(new Mul(Activation.None), Tensor(1, h, w, c), x, mean);
            default:
                var padding = h > 2 && w > 2 && _random.Next(2) == 0 ? Padding.VALID : Padding.SAME;
                int[] shape = padding == Padding.VALID ? [1, h - 2, w - 2, outputs] : [1, h, w, outputs];
                return _graph.Add(Layers.Conv(padding) with { Activation = activation }, Tensor(shape), x, Weights(c, outputs, 3, 3, c), Bias(outputs));
        }
    }

    private Value Tensor(params int[] shape) => GraphBuilder.Tensor($"v{_count++}", Quantizations[_random.Next(Quantizations.Length)], shape);

    private Value Like(Value value, params int[] shape) => GraphBuilder.Tensor($"v{_count++}", value.Quantization!, shape);

    private Value Constant(int channels) => new($"c{_count++}", ElementType.S8, new Shape(channels))
    {
        Quantization = Quantizations[0],
        Constant = Enumerable.Range(0, channels).Select(_ => (byte)_random.Next(256)).ToArray(),
    };

    private Value Weights(int inputs, params int[] shape) => Layers.Pruned(Layers.Weights($"w{_count++}", _random, shape), _random, inputs);

    private Value Bias(int channels) => Layers.ExtremeBias($"b{_count++}", _random, channels);
}
