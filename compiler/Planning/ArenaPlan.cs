// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Planning;

/// <summary>The byte offset of every buffer in its region, and how large each region is.</summary>
/// <param name="Offsets">Multiples of <see cref="Alignment"/>.</param>
/// <param name="LowerBound">Of the arena: the most bytes that are live at one step.</param>
/// <param name="ProvedOptimal">False when the search ran out of its budget before it proved the arena's size minimal.</param>
internal sealed record ArenaPlan(
    IReadOnlyDictionary<Buffer, int> Offsets,
    IReadOnlyDictionary<MemoryRegion, int> RegionSizes,
    int LowerBound,
    bool ProvedOptimal)
{
    /// <summary>Bytes; kernels may read words from the start of every tensor.</summary>
    public const int Alignment = 4;

    /// <summary>Of an address in a region, as the image has it.</summary>
    public const int OffsetBits = 28;

    public static int Aligned(int size) => checked(size + Alignment - 1) / Alignment * Alignment;

    public int ArenaSize => RegionSizes.GetValueOrDefault(MemoryRegion.Arena);
}
