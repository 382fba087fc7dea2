// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace TinyInfer.Compiler.Targets;

/// <summary>What the host reads back from an image it has made; docs/IMAGE_FORMAT.md has the layout.</summary>
internal static class ImageHeader
{
    private const int RegionSizes = 5 * sizeof(uint);
    private const int Steps = 14 * sizeof(uint);

    public static uint RegionSize(ReadOnlySpan<byte> image, int region) => Word(image, RegionSizes + (region * sizeof(uint)));

    /// <summary>The numbers of all kernels the image uses, ascending.</summary>
    public static IReadOnlyList<int> Kernels(ReadOnlySpan<byte> image)
    {
        const int StepSize = 4 * sizeof(uint);
        var (offset, count) = (Word(image, Steps), Word(image, Steps + sizeof(uint)));
        var kernels = new SortedSet<int>();

        for (var step = 0; step < count; step++)
        {
            kernels.Add((ushort)Word(image, (int)offset + (step * StepSize)));
        }

        return [.. kernels];
    }

    private static uint Word(ReadOnlySpan<byte> image, int at) => BinaryPrimitives.ReadUInt32LittleEndian(image[at..]);
}
