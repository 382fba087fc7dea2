// SPDX-License-Identifier: MIT
namespace TinyInfer.Quantizer.Integer;

/// <summary>Whose arithmetic to follow, where the two builds of TensorFlow Lite differ.</summary>
internal enum Rules
{
    /// <summary>TensorFlow Lite Micro's reference kernels: the second step of a requantization rounds half away from zero. The contract.</summary>
    Micro,

    /// <summary>TensorFlow Lite's library on x86-64: in CONV_2D and FULLY_CONNECTED that step rounds half up, and SOFTMAX works in float.</summary>
    Library,
}

/// <summary>The fixed-point steps that TensorFlow Lite's integer kernels are made of.</summary>
internal static class FixedPoint
{
    /// <summary>real = multiplier * 2^(shift - 31), multiplier in [2^30, 2^31).</summary>
    public static (int Multiplier, int Shift) Decompose(double real)
    {
        if (real == 0)
        {
            return (0, 0);
        }

        var shift = Math.ILogB(real) + 1;
        var multiplier = (long)Math.Round(Math.ScaleB(real, 31 - shift), MidpointRounding.AwayFromZero);
        if (multiplier == 1L << 31)
        {
            (multiplier, shift) = (multiplier / 2, shift + 1);
        }

        return shift < -31 ? (0, 0) : ((int)multiplier, shift);
    }

    /// <summary>x * multiplier * 2^(shift - 31), rounded twice.</summary>
    public static int Multiply(int x, int multiplier, int shift, Rules rules = Rules.Micro)
    {
        var high = HighMultiply(x << Math.Max(shift, 0), multiplier);
        return Divide(high, Math.Max(-shift, 0), rules);
    }

    /// <summary>round(2 * a * b / 2^32), ties towards +infinity: SaturatingRoundingDoublingHighMul.</summary>
    public static int HighMultiply(int a, int b) =>
        a == int.MinValue && b == int.MinValue ? int.MaxValue : (int)((((long)a * b) + (1L << 30)) >> 31);

    /// <summary>round(x / 2^exponent), ties away from zero unless told otherwise: RoundingDivideByPOT.</summary>
    public static int Divide(int x, int exponent, Rules rules = Rules.Micro)
    {
        if (exponent == 0)
        {
            return x;
        }

        var half = 1L << (exponent - 1);
        return rules == Rules.Library || x >= 0 ? (int)((x + half) >> exponent) : (int)-((-(long)x + half) >> exponent);
    }

    /// <summary>x * 2^exponent, saturated.</summary>
    public static int ShiftLeft(int x, int exponent) => (int)Math.Clamp((long)x << exponent, int.MinValue, int.MaxValue);
}
