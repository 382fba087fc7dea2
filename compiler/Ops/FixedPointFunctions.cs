// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Ops;

/// <summary>
/// exp, logistic, tanh and 1/sqrt in the fixed point of gemmlowp, bit for bit as TFLite Micro's reference kernels use them.
/// Raw numbers as in <see cref="FixedPoint"/>; a product of Qm and Qn is a Q(m+n), brought to fewer integer bits by a shift.
/// </summary>
internal static class FixedPointFunctions
{
    private const int OneQ2 = 1 << 29;
    private const int OneQ3 = 1 << 28;

    // exp(-2^e) in Q0.31 for e = -2..4.
    private static readonly int[] Powers = [1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242];

    /// <summary>1 / (1 + exp(-x)) of a Q4.27, in Q0.31.</summary>
    public static int Logistic(int x)
    {
        if (x == 0)
        {
            return 1 << 30;
        }

        var positive = FixedPoint.SaturatingShift(InverseQ2(ExpOfNegative(-Math.Abs(x), integerBits: 4)), 1);
        return x > 0 ? positive : FixedPoint.One - positive;
    }

    /// <summary>tanh of a Q4.27, in Q0.31: (1 - y) / (1 + y) with y = exp(-2|x|).</summary>
    public static int Tanh(int x)
    {
        if (x == 0)
        {
            return 0;
        }

        // Twice a Q4.27 is the same raw number as a Q5.26.
        var magnitude = FixedPoint.SaturatingShift(InverseQ2(ExpOfNegative(-Math.Abs(x), integerBits: 5)) - OneQ2, 2);
        return x > 0 ? magnitude : -magnitude;
    }

    /// <summary>exp of a number that is not positive, in Q0.31.</summary>
    /// <param name="x">A Qm with m = <paramref name="integerBits"/>, at most 5.</param>
    public static int ExpOfNegative(int x, int integerBits)
    {
        if (x == 0)
        {
            return FixedPoint.One;
        }

        // x = -(sum of powers of two from a quarter on) + rest, rest in [-1/4, 0).
        var fractionalBits = 31 - integerBits;
        var quarter = 1 << (fractionalBits - 2);
        var rest = (x & (quarter - 1)) - quarter;
        var powers = rest - x;
        var result = ExpNearZero(FixedPoint.SaturatingShift(rest, integerBits));

        for (var exponent = -2; exponent < integerBits; exponent++)
        {
            if ((powers & (1 << (fractionalBits + exponent))) != 0)
            {
                result = FixedPoint.HighMul(result, Powers[exponent + 2]);
            }
        }

        return result;
    }

    /// <summary>1 / sqrt(x) as a multiplier for <see cref="Requantization"/>: real = Multiplier * 2^(Shift - 31).</summary>
    /// <param name="x">At least 1; five Newton steps from a start of one.</param>
    public static Requantization InverseSqrt(int x)
    {
        if (x <= 1)
        {
            return new Requantization(FixedPoint.One, 0);
        }

        var right = 11;
        for (; x >= 1 << 29; x /= 4)
        {
            right++;
        }

        var pairs = ((System.Numerics.BitOperations.LeadingZeroCount((uint)x) - 1) / 2) - 1;
        right -= pairs;
        var input = (x << (2 * pairs)) >> 1;
        var halfInput = FixedPoint.DivideByPot(input, 1);
        const int HalfThree = OneQ3 + (OneQ3 / 2);
        const int HalfSqrtTwo = 1518500250;

        var y = OneQ3;
        for (var i = 0; i < 5; i++)
        {
            var cube = FixedPoint.SaturatingShift(FixedPoint.HighMul(FixedPoint.HighMul(y, y), y), 6);
            y = FixedPoint.SaturatingShift(FixedPoint.HighMul(HalfThree, y) - FixedPoint.HighMul(halfInput, cube), 3);
        }

        y = FixedPoint.HighMul(y, HalfSqrtTwo);
        return right < 0 ? new Requantization(y << -right, 0) : new Requantization(y, -right);
    }

    /// <summary>1 / (1 + x) of a Q0.31 in (0, 1), in Q0.31.</summary>
    public static int OneOverOnePlus(int x) => FixedPoint.SaturatingShift(InverseQ2(x), 1);

    // 2 / (1 + x) in Q2.29, by three Newton steps from 48/17 - 32/17 * (1 + x)/2.
    private static int InverseQ2(int x)
    {
        const int FortyEightOver17 = 1515870810;
        const int MinusThirtyTwoOver17 = -1010580540;

        var half = FixedPoint.HalfSum(x, FixedPoint.One);
        var y = FortyEightOver17 + FixedPoint.HighMul(half, MinusThirtyTwoOver17);
        for (var i = 0; i < 3; i++)
        {
            y += FixedPoint.SaturatingShift(FixedPoint.HighMul(y, OneQ2 - FixedPoint.HighMul(half, y)), 2);
        }

        return y;
    }

    // exp of a Q0.31 in [-1/4, 0): four terms of the series around -1/8.
    private static int ExpNearZero(int a)
    {
        const int ExpOfMinusEighth = 1895147668;
        const int Third = 715827883;

        var x = a + (1 << 28);
        var x2 = FixedPoint.HighMul(x, x);
        var x3 = FixedPoint.HighMul(x2, x);
        var x4 = FixedPoint.HighMul(x2, x2);
        var higher = FixedPoint.DivideByPot(FixedPoint.HighMul(FixedPoint.DivideByPot(x4, 2) + x3, Third) + x2, 1);
        return ExpOfMinusEighth + FixedPoint.HighMul(ExpOfMinusEighth, x + higher);
    }
}
