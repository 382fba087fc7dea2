// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Ops;

/// <summary>The host side of <c>kernels/common/ti_requantize.h</c>: a real scale as multiplier * 2^(shift - 31).</summary>
/// <param name="Multiplier">Q0.31 in [2^30, 2^31), or 0.</param>
/// <param name="Shift">Left when positive, right when negative; [-31, 30].</param>
internal readonly record struct Requantization(int Multiplier, int Shift)
{
    /// <summary>TFLite's QuantizeMultiplier: mantissa rounded half away from zero; too small a scale becomes 0, too large saturates.</summary>
    public static Requantization Of(double scale)
    {
        if (scale == 0)
        {
            return new Requantization(0, 0);
        }

        var shift = Math.ILogB(scale) + 1;
        var multiplier = (long)Math.Round(Math.ScaleB(scale, 31 - shift), MidpointRounding.AwayFromZero);

        if (multiplier == 1L << 31)
        {
            multiplier /= 2;
            shift++;
        }

        return shift switch
        {
            < -31 => new Requantization(0, 0),
            > 30 => new Requantization(int.MaxValue, 30),
            _ => new Requantization((int)multiplier, shift),
        };
    }

    /// <summary>For <c>ti_multiply_wide</c> of kernels/common/ti_requantize_s16.h: 15 bits of the multiplier and a shift to the right.</summary>
    public (int Multiplier, int Shift) Wide => (Multiplier < 0x7FFF0000 ? (Multiplier + (1 << 15)) >> 16 : 0x7FFF, 15 - Shift);

    /// <summary>value * scale, as ti_multiply_by_quantized_multiplier computes it: two roundings.</summary>
    public int Apply(int value) => FixedPoint.DivideByPot(
        FixedPoint.HighMul(unchecked(value << Math.Max(Shift, 0)), Multiplier), Math.Max(-Shift, 0));
}
