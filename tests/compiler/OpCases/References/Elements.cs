// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>The elements of an operand as bit patterns, for operators that move them and look at none.</summary>
internal sealed class Elements
{
    private readonly long[] _bits;

    private Elements(int[] shape, long[] bits)
    {
        Shape = shape;
        _bits = bits;
    }

    public int[] Shape { get; }

    public int Rank => Shape.Length;

    public long this[params int[] index] => _bits[Flat(Shape, index)];

    public static Elements Of(ReferenceTensor tensor)
    {
        var size = tensor.Bytes.Length / tensor.Tensor.Count;
        return new Elements(tensor.Shape, [.. tensor.Bytes.Chunk(size).Select(Bits)]);
    }

    /// <summary>A tensor of <paramref name="shape"/> with the element that <paramref name="at"/> names for each index, row-major.</summary>
    public static long[] Make(int[] shape, Func<int[], long> at) => [.. Indices(shape).Select(at)];

    public static IEnumerable<int[]> Indices(int[] shape)
    {
        var count = shape.Aggregate(1, (product, size) => product * size);
        for (var flat = 0; flat < count; flat++)
        {
            var index = new int[shape.Length];
            for (var (d, rest) = (shape.Length - 1, flat); d >= 0; rest /= shape[d--])
            {
                index[d] = rest % shape[d];
            }

            yield return index;
        }
    }

    /// <summary>An axis counted from either end.</summary>
    public static int Axis(long axis, int rank) => (int)(axis < 0 ? axis + rank : axis);

    private static int Flat(int[] shape, int[] index)
    {
        var flat = 0;
        for (var d = 0; d < shape.Length; d++)
        {
            Xunit.Assert.InRange(index[d], 0, shape[d] - 1);
            flat = (flat * shape[d]) + index[d];
        }

        return flat;
    }

    private static long Bits(byte[] element)
    {
        var wide = new byte[sizeof(long)];
        element.CopyTo(wide, 0);
        return BinaryPrimitives.ReadInt64LittleEndian(wide);
    }
}
