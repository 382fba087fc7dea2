// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.Pooling;

/// <summary>
/// Constants with which <c>((sum + (sum >> 31)) * Multiplier + Offset) >> Shift</c>, saturated to int8, equals a given function of a sum
/// in all of its range. Taking one off negative sums moves halves away from zero.
/// </summary>
internal sealed record PoolFit(int Multiplier, int Offset, int Shift)
{
    private const int LeastShift = 6;

    /// <param name="function">Never decreases; within -128..127.</param>
    /// <param name="slope">Near which the multiplier is.</param>
    public static PoolFit? Find(Func<int, int> function, int least, int most, double slope)
    {
        var wanted = Enumerable.Range(least, most - least + 1).Select(function).ToArray();
        for (var shift = 22; shift >= LeastShift; shift--)
        {
            var near = (long)Math.Floor(Math.ScaleB(slope, shift));
            for (var multiplier = Math.Max(1, near - 2); multiplier <= near + 3; multiplier++)
            {
                if (OffsetFor(wanted, least, multiplier, shift) is { } offset && Fits(least, most, multiplier, offset, shift))
                {
                    return new PoolFit((int)multiplier, (int)offset, shift);
                }
            }
        }

        return null;
    }

    private static long? OffsetFor(int[] wanted, int least, long multiplier, int shift)
    {
        var (low, high) = (-(1L << 30), 1L << 30);
        for (var i = 0; i < wanted.Length && low <= high; i++)
        {
            var sum = least + i;
            var product = (sum < 0 ? sum - 1 : sum) * multiplier;
            low = wanted[i] > sbyte.MinValue ? Math.Max(low, ((long)wanted[i] << shift) - product) : low;
            high = wanted[i] < sbyte.MaxValue ? Math.Min(high, ((long)(wanted[i] + 1) << shift) - 1 - product) : high;
        }

        return low <= high ? low + ((high - low) / 2) : null;
    }

    // With room for outputs that are 128 larger.
    private static bool Fits(int least, int most, long multiplier, long offset, int shift) =>
        ((Math.Max(-(long)least, most) + 1) * multiplier) + Math.Abs(offset) + (128L << shift) <= int.MaxValue;
}
