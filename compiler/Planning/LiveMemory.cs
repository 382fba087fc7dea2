// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Planning;

/// <summary>Bytes of arena that are live at each step, and bytes of state: no plan of the schedule needs less.</summary>
internal sealed record LiveMemory(IReadOnlyList<long> Steps, long State)
{
    /// <summary>At the worst step, with the state.</summary>
    public long Most => Steps.DefaultIfEmpty().Max() + State;

    public static LiveMemory Of(Schedule schedule)
    {
        var steps = new long[schedule.Steps.Count];
        foreach (var buffer in schedule.Buffers.Where(buffer => buffer.Region == MemoryRegion.Arena))
        {
            for (var step = Math.Max(0, buffer.First); step <= Math.Min(buffer.Last, steps.Length - 1); step++)
            {
                steps[step] += ArenaPlan.Aligned(buffer.Size);
            }
        }

        return new LiveMemory(steps, schedule.Buffers.Where(buffer => buffer.Region == MemoryRegion.State).Sum(buffer => (long)ArenaPlan.Aligned(buffer.Size)));
    }
}
