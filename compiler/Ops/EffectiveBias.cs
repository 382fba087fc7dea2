// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// sum of (x - zx) * (w - zw)  =  (sum of x * (w - zw)) - zx * (sum of (w - zw)). The second term depends on nothing the device
/// computes, so it goes into the bias and out of the inner loop. Weights are [channels, ...], one row a channel.
/// </summary>
internal static class EffectiveBias
{
    public static ConstantOperand Of(Value input, Value weights, Value bias, int channels, int weightsZeroPoint = 0)
    {
        var zeroPoint = input.Quantization!.ZeroPoint;
        var rows = weights.As<sbyte>();
        var row = rows.Length / channels;
        var stored = bias.As<int>();
        var effective = new int[channels];

        for (var c = 0; c < channels; c++)
        {
            var sum = 0;
            foreach (var weight in rows.Slice(c * row, row))
            {
                sum += weight - weightsZeroPoint;
            }

            effective[c] = unchecked(stored[c] - (zeroPoint * sum));
        }

        return ConstantOperand.Of("bias", effective);
    }
}
