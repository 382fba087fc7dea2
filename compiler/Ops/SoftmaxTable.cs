// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Ops;

/// <summary>
/// exp(-k * scale * beta) for k = 0, 1, ... in Q0.31, bit for bit as TFLite computes it on the device: the difference of two int8
/// takes 256 values, so the device need not.
/// </summary>
internal static class SoftmaxTable
{
    private const int Size = 256;
    private const int IntegerBits = 5;
    private const int FractionBits = 31 - IntegerBits;

    /// <summary>e^(-2^n) in Q0.31 for n = -2..4.</summary>
    private static readonly int[] Powers = [1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242];

    /// <summary>What a stored difference is multiplied with to become Q5.26; TFLite saturates it.</summary>
    public static double Multiplier(float scale, float beta) => Math.Min((double)beta * scale * (1 << FractionBits), int.MaxValue);

    /// <summary>The largest difference that the reference looks at.</summary>
    public static int Radius(int shift) => (int)Math.Floor(((1 << IntegerBits) - 1) * (double)(1 << FractionBits) / (1L << shift));

    /// <summary>The table with at most one zero at its end.</summary>
    public static int[] Of(float scale, float beta)
    {
        var (multiplier, shift) = Requantization.Of(Multiplier(scale, beta));
        var radius = Radius(shift);
        var table = Enumerable.Range(0, Size).Select(k => k > radius ? 0 : Exp(HighMul(-k << shift, multiplier))).ToList();

        while (table is [.., 0, 0])
        {
            table.RemoveAt(table.Count - 1);
        }

        return [.. table];
    }

    /// <summary>
    /// gemmlowp's exp_on_negative_values of a Q5.26 number: the exponential of its part in [-1/4, 0), times the powers
    /// e^(-2^n) that the bits of the rest ask for.
    /// </summary>
    private static int Exp(int a)
    {
        const int Quarter = 1 << (FractionBits - 2);

        if (a == 0)
        {
            return int.MaxValue;
        }

        var part = (a & (Quarter - 1)) - Quarter;
        var rest = part - a;
        var result = ExpOfPart(part << IntegerBits);
        for (var n = 0; n < Powers.Length; n++)
        {
            if ((rest & (Quarter << n)) != 0)
            {
                result = HighMul(result, Powers[n]);
            }
        }

        return result;
    }

    /// <summary>For Q0.31 in [-1/4, 0): Taylor's series of fourth order around -1/8, with x = a + 1/8: e^(-1/8) * (1 + x + x^2/2 + x^3/6 + x^4/24).</summary>
    private static int ExpOfPart(int a)
    {
        const int Constant = 1895147668;
        const int Third = 715827883;

        var x = a + (1 << 28);
        var square = HighMul(x, x);
        var cube = HighMul(square, x);
        var fourth = HighMul(square, square);
        var higher = RoundingShift(HighMul(RoundingShift(fourth, 2) + cube, Third) + square, 1);
        return Constant + HighMul(Constant, x + higher);
    }

    private static int HighMul(int a, int b) => (int)((((long)a * b) + (1L << 30)) >> 31);

    /// <summary>x / 2^exponent, ties away from zero.</summary>
    private static int RoundingShift(int x, int exponent)
    {
        var mask = (1 << exponent) - 1;
        return (x >> exponent) + ((x & mask) > (mask >> 1) + (x < 0 ? 1 : 0) ? 1 : 0);
    }
}
