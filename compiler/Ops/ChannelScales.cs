// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>Multiplier and shift of every output channel: input scale * weight scale / output scale, in double as TFLite does.</summary>
internal static class ChannelScales
{
    public static IReadOnlyList<Operand> Of(Value input, Value weights, Value output, int channels)
    {
        var multipliers = new int[channels];
        var shifts = new int[channels];

        for (var c = 0; c < channels; c++)
        {
            var scale = (double)input.Quantization!.Scale * weights.Quantization!.ScaleOf(c) / output.Quantization!.Scale;
            (multipliers[c], shifts[c]) = Requantization.Of(scale);
        }

        return [ConstantOperand.Of("multiplier", multipliers), ConstantOperand.Of("shift", shifts)];
    }
}
