// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.Passes;

/// <summary>
/// A small network of layers drawn at random, with the patterns passes look for, the near misses and chances to share memory.
/// Equal seeds give equal graphs.
/// </summary>
internal sealed class RandomGraph
{
    private static readonly Quantization[] Quantizations = [new(0.25f, -4), new(0.25f, -4), new(0.25f, -128), new(0.1f, 7)];

    private readonly Random _random;
    private readonly GraphBuilder _graph = new();
    private readonly List<Value> _values = [];
    private int _count;

    private RandomGraph(int seed) => _random = new Random(seed);

    public static Graph Of(int seed)
    {
        var graph = new RandomGraph(seed);
        return graph.Build();
    }

    private Graph Build()
    {
        _values.Add(_graph.Input(Tensor(1, _random.Next(2, 6), _random.Next(2, 6), _random.Next(1, 5))));
        for (var layers = _random.Next(2, 14); layers > 0; layers--)
        {
            // Recent values more often: long chains with a branch here and there.
            var x = _values[Math.Max(0, _values.Count - 1 - (int)(_values.Count * Math.Pow(_random.NextDouble(), 3)))];
            _values.AddRange(Layer(x));
        }

        return _graph.Build([_values[^1], .. _values.SkipLast(1).Where(_ => _random.Next(6) == 0 && _count > 1)]);
    }

    private Value[] Layer(Value x)
    {
        var (h, w, c) = (x.Shape[1], x.Shape[2], x.Shape[3]);
        switch (_random.Next(12))
        {
            case 0:
                int[] border = [_random.Next(3), _random.Next(3), _random.Next(3), _random.Next(3)];
                var zero = _random.Next(4) == 0 ? 5 : x.Quantization!.ZeroPoint;
                return [Add(Layers.Border(border[0], border[1], border[2], border[3], (sbyte)zero), Like(x, 1, h + border[0] + border[1], w + border[2] + border[3], c), x)];
            case 1:
                var outputs = _random.Next(1, 5);
                return [Add(Layers.Conv(Padding.SAME, 2), Tensor(1, (h + 1) / 2, (w + 1) / 2, outputs), x, Weights(outputs, 3, 3, c), Bias(outputs))];
            case 2 when h > 2 && w > 2:
                return [Add(Layers.Depthwise(Padding.VALID), Tensor(1, h - 2, w - 2, c), x, Weights(1, 3, 3, c), Bias(c))];
            case 3:
                return [Add(new ClampTable(x.Quantization!.ZeroPoint, 127), _random.Next(3) == 0 ? Tensor(1, h, w, c) : Like(x, 1, h, w, c), x)];
            case 4:
                var other = _values.Last(value => value.Shape.Equals(x.Shape));
                return [Add(new Add(Activation.None), Tensor(1, h, w, c), x, other)];
            case 5:
                var twin = _values.FirstOrDefault(value => value.Shape.Equals(x.Shape) && value.Quantization!.SameAs(x.Quantization)) ?? x;
                return [Add(new Concatenation(1), Like(x, 1, 2 * h, w, c), x, twin)];
            case 6 when h % 2 == 0:
                return [Add(new StridedSlice([new(0, 1, 1), new(h / 2, 1, h / 2), new(0, 1, w), new(0, 1, c)]), Like(x, 1, h / 2, w, c), x)];
            case 7:
                return [Add(new Transpose([0, 2, 1, 3]), Like(x, 1, w, h, c), x)];
            case 8:
                var one = new Value($"c{_count++}", ElementType.S8, new Shape(1)) { Quantization = x.Quantization, Constant = new[] { (byte)_random.Next(256) } };
                return [Add(_random.Next(2) == 0 ? new Add(Activation.None) : new Mul(Activation.None), Tensor(1, h, w, c), x, one)];
            case 9:
                // Kept even by one column behind; two in front and two behind are the reach of three taps, two apart.
                var odd = w % 2;
                var cut = Add(new SpaceToBatchNd(new BatchBlocks(1, 2, 0, 0, 2, 2 + odd)), Like(x, 2, h, (w + 4 + odd) / 2, c), x);
                var taps = Add(Layers.Depthwise(Padding.VALID), Tensor(2, h, (w + odd) / 2, c), cut, Weights(1, 1, 3, c), Bias(c));
                return [Add(new BatchToSpaceNd(new BatchBlocks(1, 2, 0, 0, 0, odd)), Like(taps, 1, h, w, c), taps)];
            case 10:
                return [Add(new Quantize(), Tensor(1, h, w, c), x)];
            default:
                return [Add(new Reshape(), Like(x, 1, w, h, c), x)];
        }
    }

    private Value Add(Op op, Value output, params IReadOnlyList<Value> inputs) => _graph.Add(op, output, inputs);

    private Value Tensor(params int[] shape) => GraphBuilder.Tensor($"v{_count++}", Quantizations[_random.Next(Quantizations.Length)], shape);

    private Value Like(Value value, params int[] shape) => GraphBuilder.Tensor($"v{_count++}", value.Quantization!, shape);

    private Value Weights(params int[] shape) => Layers.Weights($"w{_count++}", _random, shape);

    private Value Bias(int channels) => Layers.Bias($"b{_count++}", _random, channels);
}
