// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Planning;

/// <summary>Gives every buffer an offset in its region such that buffers alive at the same step do not overlap.</summary>
internal static class ArenaPlanner
{
    /// <summary>Work for proving a packing optimal, in buffers looked at: a fraction of a second.</summary>
    private const long Budget = 10_000_000;

    public static ArenaPlan Plan(Schedule schedule)
    {
        var offsets = new Dictionary<Buffer, int>();
        var sizes = new Dictionary<MemoryRegion, int>();
        var (lowerBound, proved) = (0, true);

        foreach (var region in schedule.Buffers.GroupBy(buffer => buffer.Region))
        {
            var problem = new PackingProblem([.. region]);
            var (packing, isOptimal) = OffsetSearch.Improve(problem, HillClimb.Best(problem), Budget);

            sizes[region.Key] = packing.Height;
            foreach (var (index, buffer) in problem.Buffers.Index())
            {
                offsets[buffer] = packing.Offsets[index];
            }

            if (region.Key == MemoryRegion.Arena)
            {
                (lowerBound, proved) = (problem.LowerBound, isOptimal);
            }
        }

        return new ArenaPlan(offsets, sizes, lowerBound, proved);
    }
}
