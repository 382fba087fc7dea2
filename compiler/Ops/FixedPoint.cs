// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Ops;

/// <summary>
/// The integer arithmetic of <c>kernels/common/ti_requantize.h</c>, for functions that the compiler tabulates. Numbers are raw:
/// Qm.n is an int that stands for itself / 2^n, n = 31 - m.
/// </summary>
internal static class FixedPoint
{
    /// <summary>The largest Q0.31 below one, which stands for one.</summary>
    public const int One = int.MaxValue;

    /// <summary>floor((a * b + 2^30) / 2^31), saturated: the product of a Qm and a Qn is a Q(m+n).</summary>
    public static int HighMul(int a, int b) =>
        a == int.MinValue && b == int.MinValue ? int.MaxValue : (int)((((long)a * b) + (1L << 30)) >> 31);

    /// <summary>x / 2^exponent, halves away from zero; exponent in 0..31.</summary>
    public static int DivideByPot(int x, int exponent)
    {
        var mask = (int)((1L << exponent) - 1);
        var threshold = (mask >> 1) + (x < 0 ? 1 : 0);
        return (x >> exponent) + ((x & mask) > threshold ? 1 : 0);
    }

    /// <summary>The same in 16 bits, as TFLM's: from 2^16 on its mask is all ones, and the result 1, or -1 below zero.</summary>
    public static int DivideShortByPot(int x, int exponent) => exponent < 16 ? DivideByPot(x, exponent) : x < 0 ? -1 : 1;

    /// <summary>x * 2^exponent, saturated.</summary>
    public static int SaturatingShift(int x, int exponent) => (int)Math.Clamp((long)x << exponent, int.MinValue, int.MaxValue);

    /// <summary>(a + b) / 2, halves away from zero.</summary>
    public static int HalfSum(int a, int b)
    {
        var sum = (long)a + b;
        return (int)((sum + (sum >= 0 ? 1 : -1)) / 2);
    }

    public static sbyte Saturated(int value) => (sbyte)Math.Clamp(value, sbyte.MinValue, sbyte.MaxValue);
}
