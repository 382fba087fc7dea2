// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>The input cut along <paramref name="Axis"/>: SPLIT and SPLIT_V. The outputs' shapes say where.</summary>
internal sealed record Split(int Axis) : MoveOp
{
    public override string Name => "split";

    /// <summary>SPLIT: the axis comes first.</summary>
    public static void Import(ImportContext context) => Add(context, input: 1, axis: 0);

    /// <summary>SPLIT_V: input, sizes, axis.</summary>
    public static void ImportV(ImportContext context)
    {
        var sizes = context.Integers(1, "sizes");
        Add(context, input: 0, axis: 2);

        var axis = Axes.Normalize(context.Origin, context.Integer(2, "axis"), context.Input(0).Shape.Rank);
        foreach (var (size, output) in sizes.Zip(context.Outputs))
        {
            if (size != -1 && (axis >= output.Shape.Rank || output.Shape[axis] != size))
            {
                throw context.Origin.Refuse($"size {size} for output {Quoted.Name(output.Name)} of shape {output.Shape}", $"the outputs' sizes along axis {axis}");
            }
        }
    }

    protected override string Attributes => $"axis={Axis}";

    protected override void CheckShapes(Node node)
    {
        var input = node.Input.Shape;

        foreach (var output in node.Outputs)
        {
            Require.That(
                output.Shape.Rank == input.Rank && output.Shape.Dimensions.WithAt(Axis, input[Axis]).SequenceEqual(input.Dimensions),
                node,
                $"output {Quoted.Name(output.Name)} of shape {output.Shape} is not a cut of {input} along axis {Axis}",
                "equal dimensions but for the axis");
        }

        var sum = node.Outputs.Sum(output => output.Shape[Axis]);
        Require.That(sum == input[Axis], node, $"the outputs have {sum} positions along axis {Axis}, input {input} has {input[Axis]}", "as many");
    }

    protected override IReadOnlyList<Piece> Pieces(Node node)
    {
        var strides = node.Input.Shape.Strides();
        var pieces = new List<Piece>();
        var at = 0;

        foreach (var output in node.Outputs)
        {
            pieces.Add(Piece.Block(node.Input, output, output.Shape.Dimensions, at * strides[Axis], strides, 0, output.Shape.Strides()));
            at += output.Shape[Axis];
        }

        return pieces;
    }

    private static void Add(ImportContext context, int input, int axis)
    {
        var value = context.Input(input);
        var normalized = Axes.Normalize(context.Origin, context.Integer(axis, "axis"), value.Shape.Rank);
        context.Add(new Split(normalized), [value], context.Outputs);
    }
}
