// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>Multiplier and shift of every output channel, from input scale * weight scale / output scale.</summary>
internal static class ChannelScales
{
    /// <summary>In double, as TFLite's convolutions do, whether there is one weight scale or one for each channel.</summary>
    public static IReadOnlyList<Operand> Of(Value input, Value weights, Value output, int channels) => Operands(Requantizations(input, weights, output, channels));

    /// <summary>As TFLite's FULLY_CONNECTED does: with one weight scale, the product is rounded to float before the division.</summary>
    public static IReadOnlyList<Operand> OfProduct(Value input, Value weights, Value output, int channels) =>
        Operands(RequantizationsOfProduct(input, weights, output, channels));

    /// <summary>The numbers of <see cref="Of"/>.</summary>
    public static IReadOnlyList<Requantization> Requantizations(Value input, Value weights, Value output, int channels) =>
    [
        .. Enumerable.Range(0, channels)
            .Select(c => Requantization.Of((double)input.Quantization!.Scale * weights.Quantization!.ScaleOf(c) / output.Quantization!.Scale)),
    ];

    /// <summary>The numbers of <see cref="OfProduct"/>.</summary>
    public static IReadOnlyList<Requantization> RequantizationsOfProduct(Value input, Value weights, Value output, int channels) =>
        weights.Quantization!.IsPerTensor
            ? [.. Enumerable.Repeat(Requantization.Of((double)(input.Quantization!.Scale * weights.Quantization.Scale) / output.Quantization!.Scale), channels)]
            : Requantizations(input, weights, output, channels);

    private static IReadOnlyList<Operand> Operands(IReadOnlyList<Requantization> channels) =>
    [
        ConstantOperand.Of("multiplier", [.. channels.Select(channel => channel.Multiplier)]),
        ConstantOperand.Of("shift", [.. channels.Select(channel => channel.Shift)]),
    ];
}
