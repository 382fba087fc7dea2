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
        var (dims, strides) = Merge(ShapeOf(a, b)!, a, b);
        return new Broadcast(dims, strides[0], strides[1]);
    }

    /// <summary>The loops over <paramref name="output"/>, and the strides of each operand in elements.</summary>
    public static (int[] Dims, int[][] Strides) Merge(Shape output, params Shape[] operands)
    {
        int[][] steps = [.. operands.Select(operand => Strides(operand, output))];
        var loops = new List<(int Dim, int[] Strides)>();

        for (var axis = output.Rank - 1; axis >= 0; axis--)
        {
            var (dim, strides) = (output[axis], steps.Select(step => step[axis]).ToArray());
            if (dim == 1)
            {
                continue;
            }

            if (loops.Count > 0 && loops[^1] is var inner && strides.SequenceEqual(inner.Strides.Select(stride => stride * inner.Dim)))
            {
                loops[^1] = inner with { Dim = inner.Dim * dim };
            }
            else
            {
                loops.Add((dim, strides));
            }
        }

        var all = loops.Concat(Enumerable.Repeat((Dim: 1, Strides: new int[operands.Length]), Axes - loops.Count)).Reverse().ToArray();
        return ([.. all.Select(loop => loop.Dim)], [.. operands.Select((_, i) => all.Select(loop => loop.Strides[i]).ToArray())]);
    }

    /// <summary>Throws unless the node's operands broadcast to its output.</summary>
    public static void Check(Node node) => Require.That(
        node.Inputs.All(input => input.Shape.Rank <= Axes)
            && node.Inputs.Skip(1).Aggregate((Shape?)node.Input.Shape, (shape, input) => shape is null ? null : ShapeOf(shape, input.Shape))?.Count == node.Output.Shape.Count,
        node,
        $"shapes {string.Join(node.Inputs.Count > 2 ? ", " : " and ", node.Inputs.Select(input => input.Shape))} do not broadcast to {node.Output.Shape}",
        $"dimensions that are equal or 1, at most {Axes} of them");

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
