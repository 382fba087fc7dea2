// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Tests.Passes;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <content>What streaming and recurrent networks consist of.</content>
internal sealed partial class RandomLayers
{
    /// <summary>Of a gate's bias and the magnitudes of its weights, 128 times: what the generated cell serves.</summary>
    public const int LargestSum = (1 << 23) - 1;

    /// <summary>A depthwise convolution of one window.</summary>
    public Value Column(Value x) => Layer(
        new DepthwiseConv2D(Padding.VALID, (Pick(1, 2), 1), (1, 1), OneIn(2) ? Activation.None : OneIn(2) ? Activation.Relu6 : Activation.Relu),
        x,
        [1, x.Shape[1], x.Shape[2], x.Shape[3]],
        [1, 1, 1, x.Shape[3]],
        axis: 3);

    /// <summary>Gates from idle to saturated, cell states of every scale, with and without clip, from states that are noise; every step is kept or the last one.</summary>
    public Value Lstm(Value x) => Lstm(x, Pick(1, 2, 3, 4, 5, 8, 13, 20, 33, 87));

    public Value Lstm(Value x, int units)
    {
        var width = x.Shape[2];
        var (hidden, scale) = (new Quantization(1f / Pick(90, 128, 300), IsExtreme ? ZeroPoint() : OneIn(2) ? 0 : _random.Next(-128, 128)), (float)Math.ScaleB(1, -Pick(9, 10, 11, 11, 12, 12, 13, 15, 17)));
        var gain = (float)Math.Pow(2, (_random.NextDouble() * 10) - 6);

        // Effective scales of gates are in units of 2^-12.
        Value Matrix(int columns, float inputScale) => new($"w{_count++}", ElementType.S8, new Shape(units, columns))
        {
            Constant = Weights([units, columns], axis: 0),
            Quantization = new Quantization(IsExtreme && OneIn(3) ? Scale(-12, 4) / (inputScale * 4096) : gain / (inputScale * 4096 * (float)Math.Sqrt(columns)), 0),
        };

        Value State(ElementType type, Quantization quantization)
        {
            var bytes = new byte[units * type.Size()];
            _random.NextBytes(bytes);
            return new Value($"s{_count++}", type, new Shape(1, units)) { Constant = bytes, Quantization = quantization };
        }

        Value Bias(Value matrix) => Value.OfIntegers($"b{_count++}", new Shape(units), [.. matrix.As<sbyte>().ToArray().Chunk(width).Select(row => IsExtreme && OneIn(3)
            ? (Pick(-1, 1) * (LargestSum - (128 * row.Sum(weight => Math.Abs((int)weight))))) + (x.Quantization!.ZeroPoint * row.Sum(weight => weight))
            : _random.Next(-20000, 20000))]);

        Value[] gates = [.. Enumerable.Range(0, 4).Select(_ => Matrix(width, x.Quantization!.Scale))];
        var (h, c) = (State(ElementType.S8, hidden), State(ElementType.S16, new Quantization(scale, 0)));
        var lastOnly = OneIn(3);
        var y = GraphBuilder.Tensor($"v{_count++}", hidden, x.Shape[0], lastOnly ? 1 : x.Shape[1], units);
        return _graph.Add(
            new Lstm(x.Shape[1] == 1, OneIn(2) ? 0 : Pick(1, 4, 10, 1000), lastOnly),
            [y, GraphBuilder.Tensor($"{y.Name}/h", hidden, 1, units), new Value($"{y.Name}/c", ElementType.S16, new Shape(1, units)) { Quantization = c.Quantization }],
            [
                x,
                .. gates, .. Enumerable.Range(0, 4).Select(_ => Matrix(units, hidden.Scale)), .. gates.Select(Bias), h, c,
            ]);
    }

    /// <summary>Features and time of any size, states of 8 and 16 bits that are noise, with zero points at both ends.</summary>
    public Value Svdf(Value x) => Svdf(x, (Pick(1, 2, 3, 5, 8), Pick(1, 1, 2, 3), Pick(2, 4, 6, 8, 12)));

    public Value Svdf(Value x, (int Units, int Rank, int Memory) of)
    {
        var (units, rank, memory) = of;
        var (size, filters, isByte) = (x.Shape[1], units * rank, OneIn(2));
        var (type, range) = isByte ? (ElementType.S8, 128f) : (ElementType.S16, 32768f);
        Value Constant(ElementType of, float scale, int zeroPoint, params int[] shape)
        {
            var bytes = new byte[new Shape(shape).Count * of.Size()];
            _random.NextBytes(bytes);
            return new Value($"w{_count++}", of, new Shape(shape)) { Constant = bytes, Quantization = new Quantization(scale, zeroPoint) };
        }

        float Near(double scale) => IsExtreme && OneIn(2)
            ? (float)Math.Pow(2, Math.Round(Math.Log2(scale))) * Scale(-12, 13)
            : (float)(scale * Math.Pow(2, (_random.NextDouble() - 0.5) * (OneIn(6) ? 12 : 3)));
        var stateZeroPoint = OneIn(2) ? 0 : isByte ? Pick(-128, 127, 9) : Pick(-32768, 32767, 1000);
        var features = Constant(ElementType.S8, 0.01f, 0, filters, size);
        var state = Constant(type, Near(x.Quantization!.Scale * 0.01 * 70 * 70 * Math.Sqrt(size) / range), stateZeroPoint, 1, filters * memory);
        var time = Constant(type, 1 / range, 0, filters, memory);
        var y = GraphBuilder.Tensor($"v{_count++}", new Quantization(Near(state.Quantization!.Scale * range * 0.5 * Math.Sqrt(memory * rank) / 128), Pick(-128, 127, 0, 3)), 1, units);
        return _graph.Add(
            new Svdf(rank),
            [y, new Value($"{y.Name}/new", type, state.Shape) { Quantization = state.Quantization }],
            [x, features, time, Value.OfIntegers($"b{_count++}", new Shape(units), [.. Enumerable.Range(0, units).Select(_ => _random.Next(-5000, 5000))]), state]);
    }
}
