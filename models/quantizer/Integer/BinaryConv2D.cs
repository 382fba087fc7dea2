// SPDX-License-Identifier: MIT
namespace TinyInfer.Quantizer.Integer;

/// <summary>
/// LceBconv2d of Larq Compute Engine (github.com/larq/compute-engine, core/bconv2d), padded with +1: bits where the count of products
/// that are -1 is above a threshold, or int8 of activation(sum) * multiplier + bias. Weights are +-1, [output channels, height, width,
/// input channels].
/// </summary>
internal sealed record BinaryConv2D(
    QuantizedValue Input, QuantizedValue Result, Window Window, sbyte[] Weights, Activation Activation, int[]? Thresholds, float[]? Multiplier, float[]? Bias)
    : IntegerLayer([Input], Result)
{
    private int Products => Weights.Length / Result.Shape[3];

    /// <summary>The sums of products of +-1.</summary>
    public static int[] Sums(sbyte[] x, int[] input, sbyte[] weights, Window window, int[] output)
    {
        var (height, width, channels, filters) = (input[1], input[2], input[3], output[3]);
        var (top, left) = (window.PadTop(height), window.PadLeft(width));
        var sums = new int[output[1] * output[2] * filters];
        for (var index = 0; index < sums.Length; index++)
        {
            var (oy, ox, f) = (index / filters / output[2], index / filters % output[2], index % filters);
            for (var tap = 0; tap < window.KernelHeight * window.KernelWidth; tap++)
            {
                var y = (oy * window.StrideHeight) + (tap / window.KernelWidth) - top;
                var column = (ox * window.StrideWidth) + (tap % window.KernelWidth) - left;
                var inside = y >= 0 && y < height && column >= 0 && column < width;
                for (var c = 0; c < channels; c++)
                {
                    var weight = weights[(((f * window.KernelHeight * window.KernelWidth) + tap) * channels) + c];
                    sums[index] += inside ? x[(((y * width) + column) * channels) + c] * weight : weight;
                }
            }
        }

        return sums;
    }

    public override sbyte[] Run(IReadOnlyList<sbyte[]> inputs, Rules rules) =>
        [.. Sums(inputs[0], Input.Shape, Weights, Window, Result.Shape).Select((sum, i) => Stored(sum, i % Result.Shape[3]))];

    public override void Write(ModelBuilder model) => model.BinaryConv2D(this);

    // Multiplier and bias contain the output's scale and zero point, and n - 2 * count, each rounded to float once.
    private sbyte Stored(int sum, int channel)
    {
        if (Thresholds is not null)
        {
            return (sbyte)((Products - sum) / 2 > Thresholds[channel] ? -1 : 1);
        }

        var (multiplier, bias) = ((double)Multiplier![channel], (double)Bias![channel]);
        var (scale, offset) = ((float)(-multiplier / Result.Scale), (float)(((bias + (Products * multiplier)) / Result.Scale) + Result.ZeroPoint));
        var active = Activation == Activation.Relu ? Math.Max(sum, 0) : sum;
        var product = (float)(Products - active) * scale;
        return (sbyte)Math.Clamp(MathF.Round(product + offset, MidpointRounding.AwayFromZero), sbyte.MinValue, sbyte.MaxValue);
    }
}
