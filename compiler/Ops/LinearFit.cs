// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Ops;

/// <summary>
/// Constants with which <c>(a * AMultiplier + b * BMultiplier + Offset) >> Shift</c>, clamped, equals a given function for every
/// pair of int8 values. Fixed multipliers turn each pair into bounds on the offset; where the bounds of all 65,536 pairs leave
/// something over, any offset in it is proof. Multipliers a little larger than the real ones move halves away from zero.
/// </summary>
internal sealed record LinearFit(int AMultiplier, int BMultiplier, int Offset, int Shift)
{
    private const int Values = 256;

    /// <param name="function">What the fit must equal, already clamped to min..max.</param>
    /// <param name="a">Slope along a: real numbers near which the multipliers are.</param>
    /// <param name="b">Slope along b.</param>
    public static LinearFit? Find(Func<int, int, int> function, double a, double b, int min, int max)
    {
        var wanted = Tabulate(function);
        var candidates = Near.Concat(Proportional(a, b)).ToArray();
        for (var shift = HighestShift(a, b, wanted); shift >= 8; shift -= 2)
        {
            var (nearA, nearB) = ((long)Math.Floor(Math.ScaleB(a, shift)), (long)Math.Floor(Math.ScaleB(b, shift)));
            foreach (var (more, other) in candidates)
            {
                if (OffsetFor(wanted, nearA + more, nearB + other, shift, min, max) is { } offset && Fits(nearA + more, nearB + other, offset))
                {
                    return new LinearFit((int)(nearA + more), (int)(nearB + other), (int)offset, shift);
                }
            }
        }

        return null;
    }

    private static IEnumerable<(long A, long B)> Near { get; } =
        [.. Enumerable.Range(-2, 6).SelectMany(a => Enumerable.Range(-2, 6).Select(b => ((long)a, (long)b))).OrderBy(pair => Math.Abs(pair.Item1) + Math.Abs(pair.Item2))];

    // Where the slopes are multiples of each other, as powers of two are, sums fall on halves exactly and both must grow alike.
    private static IEnumerable<(long A, long B)> Proportional(double a, double b)
    {
        var least = Math.Min(Math.Abs(a), Math.Abs(b));
        return least == 0 ? [] : new[] { 1, 2, 4, 8 }.Select(times => ((long)Math.Round(a / least * times), (long)Math.Round(b / least * times)));
    }

    private static sbyte[] Tabulate(Func<int, int, int> function)
    {
        var wanted = new sbyte[Values * Values];
        for (var i = 0; i < wanted.Length; i++)
        {
            wanted[i] = (sbyte)function((i / Values) - 128, (i % Values) - 128);
        }

        return wanted;
    }

    // The offset is about function(0, 0) * 2^shift, which matters when it is not clamped; a too high shift fails in Fits.
    private static int HighestShift(double a, double b, sbyte[] wanted) =>
        Math.Min(30, 30 - (int)Math.Ceiling(Math.Log2((128 * (Math.Abs(a) + Math.Abs(b))) + Math.Abs((int)wanted[(128 * Values) + 128]) + 1)));

    private static bool Fits(long a, long b, long offset) => (128 * (Math.Abs(a) + Math.Abs(b))) + Math.Abs(offset) <= int.MaxValue;

    private static long? OffsetFor(sbyte[] wanted, long multiplierA, long multiplierB, int shift, int min, int max)
    {
        var (low, high) = ((long)int.MinValue, (long)int.MaxValue);
        for (var i = 0; i < wanted.Length && low <= high; i++)
        {
            var sum = (((i / Values) - 128) * multiplierA) + (((i % Values) - 128) * multiplierB);
            if (wanted[i] > min)
            {
                low = Math.Max(low, ((long)wanted[i] << shift) - sum);
            }

            if (wanted[i] < max)
            {
                high = Math.Min(high, ((long)(wanted[i] + 1) << shift) - 1 - sum);
            }
        }

        return low <= high ? low + ((high - low) / 2) : null;
    }
}
