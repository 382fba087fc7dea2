// SPDX-License-Identifier: MIT
using System.Numerics;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases;

/// <summary>
/// The fixed-point arithmetic of the references, in unbounded integers and straight from the definitions, so that it shares
/// nothing with the compiler or the kernels.
/// </summary>
internal static class Fixed
{
    /// <summary>
    /// The multiplier m and shift s of a positive real: m = round(real * 2^(31 - s)), halves up, with s such that m is in [2^30, 2^31).
    /// </summary>
    public static (BigInteger Multiplier, int Shift) Multiplier(double real)
    {
        if (real == 0)
        {
            return (0, 0);
        }

        // A double is fraction * 2^exponent with an integer fraction, so everything below is exact.
        var bits = BitConverter.DoubleToInt64Bits(real);
        var fraction = new BigInteger((bits & 0xFFFFFFFFFFFFF) | 0x10000000000000);
        var exponent = (int)(bits >> 52) - 1075;
        for (var shift = -400; ; shift++)
        {
            var multiplier = Rounded(fraction, exponent + 31 - shift);
            if (multiplier < BigInteger.One << 31)
            {
                return shift < -31 ? (0, 0) : (multiplier, shift);
            }
        }
    }

    /// <summary>value * real: floor(value * 2^left * m / 2^31 + 1/2), then divided by 2^right, halves away from zero.</summary>
    public static long Scaled(long value, double real)
    {
        var (multiplier, shift) = Multiplier(real);
        return Scaled(value, multiplier, shift);
    }

    public static long Scaled(long value, BigInteger multiplier, int shift)
    {
        var high = Floor((new BigInteger(value) << Math.Max(shift, 0)) * multiplier + (BigInteger.One << 30), 31);
        return (long)HalfAway(high, BigInteger.One << Math.Max(-shift, 0));
    }

    /// <summary>
    /// A 64-bit accumulator: the multiplier is rounded to 15 bits (65536 of its units each, halves up, the largest one cut), the
    /// product to an integer, halves up.
    /// </summary>
    public static long ScaledWide(BigInteger value, double real)
    {
        var (multiplier, shift) = Multiplier(real);
        var reduced = BigInteger.Min(0x7FFF, (multiplier + 32768) / 65536);
        return (long)Floor((value * reduced) + (BigInteger.One << (14 - shift)), 15 - shift);
    }

    /// <summary>
    /// The accumulator of a weighted sum: 64 bits wide for int16 inputs, unless their bias is int32; then, and for all others, 32.
    /// </summary>
    public static long ScaledSum(long sum, double real, TensorType input, TensorType bias) =>
        input == TensorType.INT16 && bias != TensorType.INT32 ? ScaledWide(sum, real) : Scaled(unchecked((int)sum), real);

    /// <summary>The quotient rounded to the nearest integer, halves away from zero.</summary>
    public static BigInteger HalfAway(BigInteger dividend, BigInteger divisor)
    {
        var magnitude = ((BigInteger.Abs(dividend) * 2) + divisor) / (2 * divisor);
        return dividend.Sign < 0 ? -magnitude : magnitude;
    }

    public static BigInteger Floor(BigInteger value, int bits) => value >> bits;

    private static BigInteger Rounded(BigInteger fraction, int exponent) =>
        exponent >= 0 ? fraction << exponent : (fraction + (BigInteger.One << (-exponent - 1))) >> -exponent;
}
