// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Planning;

/// <summary>The state region before the first invocation.</summary>
internal static class InitialState
{
    /// <summary>Its bytes, or null when all of them are 0.</summary>
    public static byte[]? Of(Schedule schedule, ArenaPlan plan)
    {
        var bytes = new byte[plan.RegionSizes.GetValueOrDefault(MemoryRegion.State)];
        foreach (var state in schedule.Graph.States)
        {
            var (buffer, offset) = schedule.Storage[state.Value];
            state.Initial.Span.CopyTo(bytes.AsSpan(plan.Offsets[buffer] + offset));
        }

        return bytes.AsSpan().ContainsAnyExcept((byte)0) ? bytes : null;
    }
}
