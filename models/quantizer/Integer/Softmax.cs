// SPDX-License-Identifier: MIT
using System.Numerics;

namespace TinyInfer.Quantizer.Integer;

/// <summary>
/// SOFTMAX of one row, by TensorFlow Lite's reference: exp and 1/x in fixed point. Qm.n below means m integer bits and n
/// fractional bits beside the sign.
/// </summary>
internal sealed record Softmax(QuantizedValue Input, QuantizedValue Result) : IntegerLayer([Input], Result)
{
    private const int DifferenceBits = 5;   // x - max is Q5.26
    private const int SumBits = 12;         // the sum of exponentials is Q12.19

    // exp(-2^e) as Q0.31 for e = -2 .. 4.
    private static readonly int[] Powers = [1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242];

    public override sbyte[] Run(IReadOnlyList<sbyte[]> inputs, Rules rules) =>
        rules == Rules.Library ? InFloat(inputs[0]) : InFixedPoint(inputs[0]);

    public override void Write(ModelBuilder model) => model.Softmax(Input, Result);

    // A table of 256 exponentials, then one division for the row.
    private sbyte[] InFloat(sbyte[] x)
    {
        var largest = x.Max();
        var exponentials = x.Select(value => MathF.Exp(-Input.Scale * (largest - value))).ToArray();
        var total = 0f;
        foreach (var exponential in exponentials)
        {
            total += exponential;
        }

        var inverse = 1 / (total * Result.Scale);
        return [.. exponentials.Select(e => (sbyte)Math.Clamp(MathF.Floor((e * inverse) + 0.5f) + Result.ZeroPoint, -128, 127))];
    }

    private sbyte[] InFixedPoint(sbyte[] x)
    {
        var (multiplier, shift) = FixedPoint.Decompose(Math.Min((double)Input.Scale * (1 << (31 - DifferenceBits)), int.MaxValue));
        var smallest = -(int)Math.Floor(((1 << DifferenceBits) - 1.0) * (1L << (31 - DifferenceBits)) / (1L << shift));
        var largest = x.Max();

        var exponentials = x.Select(value => value - largest)
            .Select(difference => difference < smallest ? (int?)null : Exp(FixedPoint.HighMultiply(difference << shift, multiplier)))
            .ToArray();
        var sum = exponentials.Sum(e => e is { } known ? FixedPoint.Divide(known, SumBits) : 0);

        var spare = BitOperations.LeadingZeroCount((uint)sum);
        var reciprocal = OneOverOnePlus((int)(((uint)sum << spare) - (1U << 31)));
        var right = SumBits - spare + 31 - 8;

        return [.. exponentials.Select(e => e is not { } known
            ? sbyte.MinValue
            : (sbyte)Math.Clamp(FixedPoint.Divide(FixedPoint.HighMultiply(reciprocal, known), right) - 128, -128, 127))];
    }

    // exp(a) as Q0.31 for a <= 0 in Q5.26: the part below a quarter by a polynomial, the rest bit by bit.
    private static int Exp(int a)
    {
        const int fraction = 31 - DifferenceBits;
        const int quarter = 1 << (fraction - 2);
        if (a == 0)
        {
            return int.MaxValue;
        }

        var low = (a & (quarter - 1)) - quarter;
        var rest = low - a;
        var result = ExpNearZero(FixedPoint.ShiftLeft(low, DifferenceBits));
        for (var bit = 0; bit < Powers.Length; bit++)
        {
            if ((rest & (1 << (fraction - 2 + bit))) != 0)
            {
                result = FixedPoint.HighMultiply(result, Powers[bit]);
            }
        }

        return result;
    }

    // Taylor series of degree 4 around -1/8, for a in [-1/4, 0) as Q0.31.
    private static int ExpNearZero(int a)
    {
        const int expOfMinusEighth = 1895147668;
        const int third = 715827883;
        var x = a + (1 << 28);
        var x2 = FixedPoint.HighMultiply(x, x);
        var x3 = FixedPoint.HighMultiply(x2, x);
        var x4 = FixedPoint.HighMultiply(x2, x2);
        var tail = FixedPoint.Divide(FixedPoint.HighMultiply(FixedPoint.Divide(x4, 2) + x3, third) + x2, 1);
        return expOfMinusEighth + FixedPoint.HighMultiply(expOfMinusEighth, x + tail);
    }

    // 1 / (1 + a) as Q0.31 for a in [0, 1): Newton's division, three steps in Q2.29.
    private static int OneOverOnePlus(int a)
    {
        const int fortyEightOver17 = 1515870810;
        const int minusThirtyTwoOver17 = -1010580540;
        const int one = 1 << 29;
        var half = (int)(((long)a + int.MaxValue + 1) / 2);
        var x = fortyEightOver17 + FixedPoint.HighMultiply(half, minusThirtyTwoOver17);
        for (var step = 0; step < 3; step++)
        {
            var error = one - FixedPoint.HighMultiply(half, x);
            x += FixedPoint.ShiftLeft(FixedPoint.HighMultiply(x, error), 2);
        }

        return FixedPoint.ShiftLeft(x, 1);
    }
}
