// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using TinyInfer.Compiler.Codegen;

namespace TinyInfer.Compiler.Targets;

/// <summary>What the host reads back from an image it has made; docs/IMAGE_FORMAT.md has the layout.</summary>
internal static class ImageHeader
{
    private const int Programs = 5 * sizeof(uint);
    private const int ProgramSize = 16 * sizeof(uint);
    private const int RegionSizes = 2 * sizeof(uint);
    private const int Steps = 11 * sizeof(uint);
    private const int Hot = 15 * sizeof(uint);
    private const int StepSize = 5 * sizeof(uint);

    /// <summary>Where the program stands that a firmware for this core selects: its own, else the portable one.</summary>
    public static int Program(ReadOnlySpan<byte> image, Core core)
    {
        var (table, count) = (Word(image, Programs), Word(image, Programs + sizeof(uint)));
        var portable = 0;
        for (var at = (int)table; at < table + (count * ProgramSize); at += ProgramSize)
        {
            var made = (Core)Word(image, at);
            if (made == core)
            {
                return at;
            }

            portable = made == Core.Portable ? at : portable;
        }

        return portable;
    }

    public static uint RegionSize(ReadOnlySpan<byte> image, int program, int region) => Word(image, program + RegionSizes + (region * sizeof(uint)));

    /// <summary>Bytes of code that may be copied to RAM.</summary>
    public static uint HotSize(ReadOnlySpan<byte> image, int program) => Word(image, program + Hot);

    /// <summary>The numbers of all kernels of kernels.def that the program for a core uses, ascending.</summary>
    public static IReadOnlyList<int> Kernels(ReadOnlySpan<byte> image, Core core)
    {
        const int Code = 0;
        var program = Program(image, core);
        var (offset, count) = (Word(image, program + Steps), Word(image, program + Steps + sizeof(uint)));
        var kernels = new SortedSet<int>();

        for (var step = 0; step < count; step++)
        {
            kernels.Add((ushort)Word(image, (int)offset + (step * StepSize)));
        }

        kernels.Remove(Code);
        return [.. kernels];
    }

    private static uint Word(ReadOnlySpan<byte> image, int at) => BinaryPrimitives.ReadUInt32LittleEndian(image[at..]);
}
