// SPDX-License-Identifier: MIT
using TinyInfer.Quantizer.Float;

namespace TinyInfer.Quantizer.Integer;

/// <summary>
/// Symmetric int8 weights in [-127, 127] and the int32 bias in units of input scale * weight scale. One scale for each
/// slice along <paramref name="Axis"/>, or one for all.
/// </summary>
internal sealed record QuantizedWeights(int[] Shape, sbyte[] Weights, int[] Bias, float[] Scales, int Axis)
{
    public static QuantizedWeights PerChannel(Tensor weights, float[] bias, int axis, QuantizedValue input)
    {
        var inner = weights.Shape.Skip(axis + 1).Aggregate(1, (product, size) => product * size);
        return From(weights, bias, axis, input, index => index / inner % bias.Length, bias.Length);
    }

    /// <summary>FULLY_CONNECTED has one scale: TensorFlow Lite before 2.17 knows no other.</summary>
    public static QuantizedWeights PerTensor(Tensor weights, float[] bias, QuantizedValue input) =>
        From(weights, bias, 0, input, _ => 0, 1);

    private static QuantizedWeights From(Tensor weights, float[] bias, int axis, QuantizedValue input, Func<int, int> channelOf, int channels)
    {
        var largest = new float[channels];
        for (var i = 0; i < weights.Values.Length; i++)
        {
            largest[channelOf(i)] = Math.Max(largest[channelOf(i)], Math.Abs(weights.Values[i]));
        }

        var scales = largest.Select((size, c) => Math.Max(size / 127, SmallestScale(bias, c, channels, input))).ToArray();
        return new QuantizedWeights(
            weights.Shape,
            [.. weights.Values.Select((w, i) => (sbyte)Math.Clamp(Math.Round((double)w / scales[channelOf(i)], MidpointRounding.AwayFromZero), -127, 127))],
            [.. bias.Select((b, c) => (int)Math.Round(b / ((double)input.Scale * scales[channels == 1 ? 0 : c]), MidpointRounding.AwayFromZero))],
            scales,
            axis);
    }

    // A channel of tiny weights would make its bias overflow; this scale keeps the bias below 2^30.
    private static float SmallestScale(float[] bias, int channel, int channels, QuantizedValue input)
    {
        var size = channels == 1 ? bias.Max(Math.Abs) : Math.Abs(bias[channel]);
        return Math.Max(size / input.Scale / (1 << 30), 1e-10f);
    }
}
