// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>Neighbouring axes that are all kept or all reduced, as one.</summary>
/// <param name="Stride">Elements from one index to the next.</param>
internal readonly record struct MergedAxis(int Size, int Stride);

/// <summary>The host side of <c>struct ti_reduction</c> in kernels/reduce/ti_reduce.h.</summary>
internal static class ReduceAxes
{
    /// <summary>TI_REDUCE_AXES.</summary>
    public const int Most = 3;

    /// <summary>The kept and the reduced axes of a shape, each outermost first, without those of size 1.</summary>
    public static IReadOnlyList<IReadOnlyList<MergedAxis>> Merge(Shape shape, IReadOnlyList<int> reduced)
    {
        List<MergedAxis>[] groups = [[], []];
        var (strides, last) = (shape.Strides(), -1);

        foreach (var axis in Enumerable.Range(0, shape.Rank).Where(axis => shape[axis] != 1))
        {
            var kind = reduced.Contains(axis) ? 1 : 0;
            var merged = kind == last ? groups[kind][^1].Size : 1;
            if (kind == last)
            {
                groups[kind].RemoveAt(groups[kind].Count - 1);
            }

            groups[kind].Add(new MergedAxis(shape[axis] * merged, strides[axis]));
            last = kind;
        }

        return groups;
    }

    public static IEnumerable<Field> Fields(IReadOnlyList<IReadOnlyList<MergedAxis>> groups)
    {
        int[] Padded(IReadOnlyList<MergedAxis> axes, Func<MergedAxis, int> member) =>
            [.. Enumerable.Repeat(new MergedAxis(1, 0), Most - axes.Count).Concat(axes).Select(member)];

        return
        [
            ("axes.kept_size", Padded(groups[0], axis => axis.Size)),
            ("axes.kept_stride", Padded(groups[0], axis => axis.Stride)),
            ("axes.reduced_size", Padded(groups[1], axis => axis.Size)),
            ("axes.reduced_stride", Padded(groups[1], axis => axis.Stride)),
        ];
    }
}
