// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Ir;

/// <summary>The dimensions of a row-major tensor, outermost first. Rank 0 is a scalar.</summary>
internal sealed class Shape(params int[] dimensions) : IEquatable<Shape>
{
    public IReadOnlyList<int> Dimensions { get; } = dimensions;

    public int Rank => Dimensions.Count;

    /// <summary>Number of elements.</summary>
    public int Count => Dimensions.Aggregate(1, (product, dimension) => checked(product * dimension));

    /// <summary>A dimension, counted from the end when <paramref name="axis"/> is negative.</summary>
    public int this[int axis] => Dimensions[axis < 0 ? axis + Rank : axis];

    /// <summary>Elements from one index of each axis to the next.</summary>
    public int[] Strides()
    {
        var strides = new int[Rank];
        var step = 1;
        for (var axis = Rank - 1; axis >= 0; axis--)
        {
            strides[axis] = step;
            step *= Dimensions[axis];
        }

        return strides;
    }

    /// <summary>The same elements with leading ones up to <paramref name="rank"/>: how TFLite broadcasts.</summary>
    public Shape Extended(int rank) =>
        new([.. Enumerable.Repeat(1, Math.Max(0, rank - Rank)), .. Dimensions]);

    public bool Equals(Shape? other) => other is not null && Dimensions.SequenceEqual(other.Dimensions);

    public override bool Equals(object? obj) => Equals(obj as Shape);

    public override int GetHashCode() => Dimensions.Aggregate(17, HashCode.Combine);

    public override string ToString() => $"[{string.Join(",", Dimensions)}]";
}
