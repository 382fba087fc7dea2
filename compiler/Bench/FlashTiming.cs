// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Targets;

namespace TinyInfer.Compiler.Bench;

/// <summary>A kind of memory that code and constants come from, as options of the cycle model.</summary>
/// <param name="Name">The column's heading.</param>
internal sealed record FlashTiming(string Name, Machine Machine, IReadOnlyList<string> Options)
{
    private const int ArtLine = 16;
    private const int NarrowLine = 8;
    private const int CacheBytes = 4096;

    /// <summary>
    /// No wait states; five with 128-bit lines and ART (STM32F4); five with 64-bit lines (STM32L4R5, fitted: emulator/cyclemodel);
    /// Cortex-M7 from tightly coupled memory and through caches of 4 KB (STM32F7).
    /// </summary>
    public static IReadOnlyList<FlashTiming> All { get; } =
    [
        new("M4", Machine.CortexM4, []),
        new("M4 5 ws, 128 bit", Machine.CortexM4, Flash(ArtLine, codeLines: 64, dataLines: 8)),
        new("M4 5 ws, 64 bit", Machine.CortexM4, Flash(NarrowLine, codeLines: 128, dataLines: 32)),
        new("M7", Machine.CortexM7, []),
        new("M7 caches", Machine.CortexM7,
        [
            $"icsz={CacheBytes}", $"dcsz={CacheBytes}", $"dc_base=0x{Machine.FlashBase:x}", $"dc_size=0x{Machine.FlashSize:x}",
        ]),
    ];

    private static IReadOnlyList<string> Flash(int line, int codeLines, int dataLines) =>
        [$"flash_base=0x{Machine.FlashBase:x}", $"flash_size=0x{Machine.FlashSize:x}", "ws=5", $"fline={line}", $"iart={codeLines}", $"dart={dataLines}"];
}
