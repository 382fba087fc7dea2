// SPDX-License-Identifier: MIT
using TinyInfer.Quantizer.Integer;

namespace TinyInfer.Quantizer.Float;

/// <summary>
/// activation(sum) * scale[c] + offset[c] of products of +-1, and the sign of that where bits come out. Outside the input there is +1.
/// Weights are [output channels, height, width, input channels].
/// </summary>
/// <param name="IsScaled">Has taken its scale and offset.</param>
/// <param name="ToBits">Gives signs.</param>
internal sealed record BinaryConv2D(
    string Name, IReadOnlyList<string> Inputs, Window Window, Tensor Weights, float[] Scale, float[] Offset, Activation Activation, bool IsScaled, bool ToBits)
    : Layer(Name, Inputs)
{
    private int Sums => Weights.Values.Length / Weights.Shape[0];

    public static BinaryConv2D From(string name, IReadOnlyList<string> inputs, Window window, Tensor weights)
    {
        var filters = weights.Shape[0];
        return new BinaryConv2D(name, inputs, window, weights, [.. Enumerable.Repeat(1f, filters)], new float[filters], Activation.None, IsScaled: false, ToBits: false);
    }

    public override Tensor Run(IReadOnlyList<Tensor> inputs)
    {
        var x = inputs[0];
        var shape = new[] { 1, Window.OutputHeight(x.Shape[1]), Window.OutputWidth(x.Shape[2]), Scale.Length };
        var signs = Array.ConvertAll(x.Values, value => (sbyte)value);
        var weights = Array.ConvertAll(Weights.Values, value => (sbyte)value);
        var sums = Integer.BinaryConv2D.Sums(signs, x.Shape, weights, Window, shape);

        return new Tensor(shape, [.. sums.Select((sum, i) =>
        {
            var active = Activation == Activation.Relu ? Math.Max(sum, 0) : sum;
            var real = (active * Scale[i % Scale.Length]) + Offset[i % Scale.Length];
            return ToBits ? Sign.Of(real) : real;
        })]);
    }

    public override IntegerLayer Quantize(IReadOnlyList<QuantizedValue> inputs, QuantizedValue calibrated)
    {
        var weights = Array.ConvertAll(Weights.Values, value => (sbyte)value);
        if (!ToBits)
        {
            return new Integer.BinaryConv2D(inputs[0], calibrated, Window, weights, Activation, null, Scale, Offset);
        }

        // Where the scale is negative, a channel of opposite weights with the opposite scale is the same.
        var opposite = Scale.Select(scale => scale < 0).ToArray();
        return new Integer.BinaryConv2D(
            inputs[0],
            QuantizedValue.Bits(calibrated.Name, calibrated.Shape),
            Window,
            [.. weights.Select((weight, i) => opposite[i / Sums] ? (sbyte)-weight : weight)],
            Activation.None,
            [.. Scale.Zip(Offset, Threshold)],
            null,
            null);
    }

    public override Layer? WithRelu() => IsScaled || ToBits ? null : this with { Activation = Activation.Relu };

    public override Layer? WithSign() => Activation == Activation.None ? this with { ToBits = true } : null;

    public override Layer? WithChannelAffine(float[] scale, float[] offset) =>
        IsScaled || ToBits ? null : this with { Scale = scale, Offset = offset, IsScaled = true };

    // scale * sum + offset < 0 where sum = n - 2 * count and scale is positive: count > (n + offset / scale) / 2.
    private int Threshold(float scale, float offset) => scale == 0
        ? offset < 0 ? -1 : Sums
        : (int)Math.Clamp(Math.Floor((Sums + (offset / Math.Abs((double)scale))) / 2), -1, Sums);
}
