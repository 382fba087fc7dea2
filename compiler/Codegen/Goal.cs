// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen;

/// <summary>What generated code is chosen for: <c>--optimize</c>.</summary>
internal enum Goal
{
    /// <summary>Constants for generated code may be half as large as the model.</summary>
    Balanced,

    /// <summary>Fewest cycles, within an image that mid-range boards hold.</summary>
    Latency,

    /// <summary>Least arena.</summary>
    Memory,

    /// <summary>Smallest image.</summary>
    Flash,
}

internal static class Goals
{
    private const long LatencyBytes = 460 * 1024;

    /// <summary>Bytes of constants that candidates may add to those of the model.</summary>
    public static long ExtraFlash(this Goal goal, long modelBytes) => goal switch
    {
        Goal.Latency => LatencyBytes,
        Goal.Balanced => modelBytes / 2,
        _ => 0,
    };
}
