// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>Multiplier and shift of every output channel, from input scale * weight scale / output scale.</summary>
internal static class ChannelScales
{
    /// <summary>In double, as TFLite's convolutions do, whether there is one weight scale or one for each channel.</summary>
    public static IReadOnlyList<Operand> Of(Value input, Value weights, Value output, int channels) => Of(
        Enumerable.Range(0, channels).Select(c => (double)input.Quantization!.Scale * weights.Quantization!.ScaleOf(c) / output.Quantization!.Scale));

    /// <summary>As TFLite's FULLY_CONNECTED does: with one weight scale, the product is rounded to float before the division.</summary>
    public static IReadOnlyList<Operand> OfProduct(Value input, Value weights, Value output, int channels) =>
        weights.Quantization!.IsPerTensor
            ? Of(Enumerable.Repeat((double)(input.Quantization!.Scale * weights.Quantization.Scale) / output.Quantization!.Scale, channels))
            : Of(input, weights, output, channels);

    private static IReadOnlyList<Operand> Of(IEnumerable<double> scales)
    {
        var channels = scales.Select(Requantization.Of).ToArray();
        return
        [
            ConstantOperand.Of("multiplier", [.. channels.Select(channel => channel.Multiplier)]),
            ConstantOperand.Of("shift", [.. channels.Select(channel => channel.Shift)]),
        ];
    }
}
