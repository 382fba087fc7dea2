// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Elementwise;

/// <summary>
/// How two operands are walked where one is repeated (kernels/common/ti_broadcast.h), in bytes: rows of <see cref="Inner"/> elements, along which
/// the first operand moves and the second moves or stays. Operands are swapped where it would be the other way round.
/// </summary>
internal sealed record RowWalk(IReadOnlyList<(int Count, int A, int B)> Outer, int Inner, bool IsFixed, bool IsSwapped, int Element)
{
    private static readonly Reg A = R(0);
    private static readonly Reg B = R(1);

    /// <summary>Says everything the code depends on.</summary>
    public string Name => $"{Inner}{(IsFixed ? "f" : "")}{string.Concat(Outer.Select(axis => $"_{axis.Count}a{axis.A}b{axis.B}"))}";

    public long Rows => Outer.Aggregate(1L, (rows, axis) => rows * axis.Count);

    public static RowWalk Of(PortableCall call, int element)
    {
        var axes = call.Numbers("dims").Zip(call.Numbers("a_strides"), call.Numbers("b_strides")).Select(axis => (Count: axis.First, A: axis.Second * element, B: axis.Third * element)).ToArray();
        var inner = axes[^1];
        var isSwapped = inner.Count > 1 && inner.A == 0;
        return new RowWalk(
            [.. axes[..^1].Where(axis => axis.Count > 1).Select(axis => isSwapped ? (axis.Count, axis.B, axis.A) : axis)],
            inner.Count,
            inner.Count > 1 && (inner.A == 0 || inner.B == 0),
            isSwapped,
            element);
    }

    /// <summary>All rows. The row moves r0 along the first operand and r1 along the second, unless that is fixed; r8 and r10 are lost between rows.</summary>
    public void Emit(ThumbWriter w, Action row) => Axis(w, 0, row);

    private (int A, int B) Axis(ThumbWriter w, int index, Action row)
    {
        if (index == Outer.Count)
        {
            row();
            return (Inner * Element, IsFixed ? 0 : Inner * Element);
        }

        var (count, a, b) = Outer[index];
        w.Repeat(S(index), count, () =>
        {
            var done = Axis(w, index + 1, row);
            w.Add(A, A, a - done.A, R(8));
            w.Add(B, B, b - done.B, R(8));
        });
        return (count * a, count * b);
    }
}
