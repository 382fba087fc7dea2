// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Tests.Passes;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <content>What streaming and recurrent networks consist of.</content>
internal sealed partial class RandomLayers
{
    /// <summary>A depthwise convolution of one window.</summary>
    public Value Column(Value x) => Layer(
        new DepthwiseConv2D(Padding.VALID, (Pick(1, 2), 1), (1, 1), OneIn(2) ? Activation.None : OneIn(2) ? Activation.Relu6 : Activation.Relu),
        x,
        [1, x.Shape[1], x.Shape[2], x.Shape[3]],
        [1, 1, 1, x.Shape[3]],
        axis: 3);

    /// <summary>Gates from idle to saturated, cell states of every scale, with and without clip, from states that are noise.</summary>
    public Value Lstm(Value x)
    {
        var (units, width) = (Pick(1, 2, 3, 4, 5, 8, 13, 20, 33, 87), x.Shape[2]);
        var (hidden, scale) = (new Quantization(1f / Pick(90, 128, 300), OneIn(2) ? 0 : _random.Next(-128, 128)), (float)Math.ScaleB(1, -Pick(9, 10, 11, 11, 12, 12, 13, 15, 17)));
        var gain = (float)Math.Pow(2, (_random.NextDouble() * 10) - 6);

        Value Matrix(int columns, float inputScale) => new($"w{_count++}", ElementType.S8, new Shape(units, columns))
        {
            Constant = Weights([units, columns], axis: 0),
            Quantization = new Quantization(gain / (inputScale * 4096 * (float)Math.Sqrt(columns)), 0),
        };

        Value State(ElementType type, Quantization quantization)
        {
            var bytes = new byte[units * type.Size()];
            _random.NextBytes(bytes);
            return new Value($"s{_count++}", type, new Shape(1, units)) { Constant = bytes, Quantization = quantization };
        }

        Value Bias() => Value.OfIntegers($"b{_count++}", new Shape(units), [.. Enumerable.Range(0, units).Select(_ => _random.Next(-20000, 20000))]);

        var (h, c) = (State(ElementType.S8, hidden), State(ElementType.S16, new Quantization(scale, 0)));
        var y = GraphBuilder.Tensor($"v{_count++}", hidden, x.Shape[0], x.Shape[1], units);
        return _graph.Add(
            new Lstm(x.Shape[1] == 1, OneIn(2) ? 0 : Pick(1, 4, 10, 1000)),
            [y, GraphBuilder.Tensor($"{y.Name}/h", hidden, 1, units), new Value($"{y.Name}/c", ElementType.S16, new Shape(1, units)) { Quantization = c.Quantization }],
            [
                x,
                .. Enumerable.Range(0, 4).Select(_ => Matrix(width, x.Quantization!.Scale)), .. Enumerable.Range(0, 4).Select(_ => Matrix(units, hidden.Scale)),
                Bias(), Bias(), Bias(), Bias(), h, c,
            ]);
    }
}
