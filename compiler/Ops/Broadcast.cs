// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// How an elementwise kernel walks two operands; <c>kernels/common/ti_broadcast.h</c> explains the numbers. Neighbouring axes
/// along which each operand moves evenly, or not at all, are merged: equal shapes are one row.
/// </summary>
internal sealed record Broadcast(int[] Dims, int[] AStrides, int[] BStrides)
{
    private const int Axes = 6;

    /// <summary>The three arrays as the first members of a kernel's parameters.</summary>
    public IReadOnlyList<Field> Fields => [("dims", Dims), ("a_strides", AStrides), ("b_strides", BStrides)];

    public static Broadcast Of(Shape a, Shape b)
    {
        var output = ShapeOf(a, b)!;
        var (aStrides, bStrides) = (Strides(a, output), Strides(b, output));
        var loops = new List<(int Dim, int A, int B)>();

        for (var axis = output.Rank - 1; axis >= 0; axis--)
        {
            var loop = (Dim: output[axis], A: aStrides[axis], B: bStrides[axis]);
            if (loop.Dim == 1)
            {
                continue;
            }

            if (loops.Count > 0 && loop.A == loops[^1].A * loops[^1].Dim && loop.B == loops[^1].B * loops[^1].Dim)
            {
                loops[^1] = loops[^1] with { Dim = loops[^1].Dim * loop.Dim };
            }
            else
            {
                loops.Add(loop);
            }
        }

        var all = loops.Concat(Enumerable.Repeat((Dim: 1, A: 0, B: 0), Axes - loops.Count)).Reverse().ToArray();
        return new Broadcast([.. all.Select(loop => loop.Dim)], [.. all.Select(loop => loop.A)], [.. all.Select(loop => loop.B)]);
    }

    /// <summary>The shape of the result, or null when the two do not go together.</summary>
    public static Shape? ShapeOf(Shape a, Shape b)
    {
        var rank = Math.Max(a.Rank, b.Rank);
        var pairs = a.Extended(rank).Dimensions.Zip(b.Extended(rank).Dimensions).ToArray();
        return pairs.All(pair => pair.First == pair.Second || pair.First == 1 || pair.Second == 1)
            ? new Shape([.. pairs.Select(pair => pair.First == 1 ? pair.Second : pair.First)])
            : null;
    }

    /// <summary>Offsets of the two elements that make each element of the output, in its order.</summary>
    public IEnumerable<(int A, int B)> Pairs()
    {
        var pairs = new List<(int A, int B)> { (0, 0) };
        for (var axis = 0; axis < Axes; axis++)
        {
            pairs = [.. pairs.SelectMany(pair => Enumerable.Range(0, Dims[axis]).Select(i => (pair.A + (i * AStrides[axis]), pair.B + (i * BStrides[axis]))))];
        }

        return pairs;
    }

    private static int[] Strides(Shape shape, Shape output)
    {
        var extended = shape.Extended(output.Rank);
        return [.. extended.Strides().Zip(extended.Dimensions, (stride, dim) => dim == 1 ? 0 : stride)];
    }
}
