// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Arithmetic;

/// <summary>
/// How an accumulator of 16 bits becomes an output byte in two instructions, SMLAWB and SSAT, or three:
/// <code>
/// acc = acc + (acc >> 31)                                        where TakesSign: the reference's first rounding, of steps as large as two, is upwards
/// output = sat8((((acc * Multiplier) >> 16) + Offset) >> Shift)
/// </code>
/// For a fixed multiplier each accumulator bounds the offset; where the bounds of all leave something over, any offset in it is proof. Multipliers a
/// little larger than the real one move halves away from zero.
/// </summary>
internal sealed record HalfProductFit(int Multiplier, int Offset, int Shift, bool TakesSign)
{
    private const int Fraction = 16;
    private const int MostShift = 22;
    private const int Tries = 8;

    /// <summary>Null where an accumulator has more bits, or nothing is found.</summary>
    public static HalfProductFit? Find(AccumulatorRange range, Requantization scale, int zeroPoint, int min, int max)
    {
        if (range.Low <= short.MinValue || range.High > short.MaxValue)
        {
            return null;
        }

        var wanted = Enumerable.Range((int)range.Low, (int)(range.High - range.Low) + 1).Select(acc => Math.Clamp(unchecked(scale.Apply(acc) + zeroPoint), min, max)).ToArray();
        var real = Math.ScaleB(scale.Multiplier, scale.Shift - 31);
        var furthest = (real * Math.Max(Math.Abs(range.Low), Math.Abs(range.High))) + 256;
        var most = Math.Min(MostShift, Math.Min(30 - (int)Math.Ceiling(Math.Log2(furthest)), 14 - (int)Math.Ceiling(Math.Log2(Math.Max(real, 1e-9)))));
        var fits =
            from takesSign in new[] { false, true }
            from shift in Enumerable.Range(0, Tries).Select(less => most - less)
            where shift >= 1
            let near = (long)Math.Floor(Math.ScaleB(real, Fraction + shift))
            from multiplier in Enumerable.Range(0, Tries).Select(more => near + more)
            where multiplier <= int.MaxValue
            let offset = OffsetFor(wanted, (int)range.Low, multiplier, shift, (min, max), takesSign)
            where offset is not null
            select new HalfProductFit((int)multiplier, (int)offset.Value, shift, takesSign);
        return fits.FirstOrDefault();
    }

    private static long? OffsetFor(int[] wanted, int first, long multiplier, int shift, (int Min, int Max) bounds, bool takesSign)
    {
        // With an offset between these no sum leaves 32 bits.
        var (low, high) = (-(1L << 30), 1L << 30);
        for (var i = 0; i < wanted.Length && low <= high; i++)
        {
            var product = (multiplier * (first + i + (takesSign && first + i < 0 ? -1 : 0))) >> Fraction;
            if (Math.Abs(product) > 1L << 30)
            {
                return null;
            }

            if (wanted[i] > bounds.Min)
            {
                low = Math.Max(low, ((long)wanted[i] << shift) - product);
            }

            if (wanted[i] < bounds.Max)
            {
                high = Math.Min(high, ((long)(wanted[i] + 1) << shift) - 1 - product);
            }
        }

        return low <= high ? low + ((high - low) / 2) : null;
    }
}
