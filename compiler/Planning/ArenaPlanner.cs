// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Planning;

/// <summary>Gives every buffer an offset such that buffers alive at the same step do not overlap.</summary>
internal static class ArenaPlanner
{
    public static ArenaPlan Plan(Schedule schedule)
    {
        var offsets = new Dictionary<Buffer, int>();
        foreach (var buffer in schedule.Buffers.OrderByDescending(buffer => buffer.Size))
        {
            offsets[buffer] = FirstFit(buffer, offsets);
        }

        var sizes = offsets.GroupBy(entry => entry.Key.Region).ToDictionary(group => group.Key, group => group.Max(entry => entry.Value + entry.Key.Size));
        return new ArenaPlan(offsets, sizes, LowerBound(schedule), ProvedOptimal: false);
    }

    private static int FirstFit(Buffer buffer, Dictionary<Buffer, int> placed)
    {
        var offset = 0;
        foreach (var (other, at) in placed.Where(entry => entry.Key.Region == buffer.Region && entry.Key.Overlaps(buffer)).OrderBy(entry => entry.Value))
        {
            if (offset + buffer.Size <= at)
            {
                break;
            }

            offset = Math.Max(offset, (at + other.Size + ArenaPlan.Alignment - 1) / ArenaPlan.Alignment * ArenaPlan.Alignment);
        }

        return offset;
    }

    private static int LowerBound(Schedule schedule) => Enumerable.Range(-1, schedule.Steps.Count + 2)
        .Max(step => schedule.Buffers.Where(buffer => buffer.First <= step && step <= buffer.Last).Sum(buffer => buffer.Size));
}
