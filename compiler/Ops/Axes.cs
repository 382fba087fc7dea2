// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>Axes as a .tflite file gives them: negative ones count from the last.</summary>
internal static class Axes
{
    public static int Normalize(Origin origin, int axis, int rank) => axis >= -rank && axis < rank
        ? axis < 0 ? axis + rank : axis
        : throw origin.Refuse($"axis {axis} of a tensor with {rank} dimensions", $"{-rank}..{rank - 1}");

    /// <summary>The numbers without the one at <paramref name="axis"/>.</summary>
    public static int[] Without(this IReadOnlyList<int> numbers, int axis) =>
        [.. numbers.Where((_, index) => index != axis)];

    /// <summary>The numbers with the one at <paramref name="axis"/> replaced.</summary>
    public static int[] WithAt(this IReadOnlyList<int> numbers, int axis, int number) =>
        [.. numbers.Select((old, index) => index == axis ? number : old)];
}
