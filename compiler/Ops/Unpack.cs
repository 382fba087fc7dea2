// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>One output for each position along <paramref name="Axis"/> of the input, without that dimension.</summary>
internal sealed record Unpack(int Axis) : MoveOp
{
    public override string Name => "unpack";

    public static void Import(ImportContext context)
    {
        var axis = Axes.Normalize(context.Origin, context.Options<UnpackOptions>().Axis, context.Input(0).Shape.Rank);
        context.Add(new Unpack(axis), [context.Input(0)], context.Outputs);
    }

    protected override string Attributes => $"axis={Axis}";

    protected override void CheckShapes(Node node)
    {
        var input = node.Input.Shape;

        foreach (var output in node.Outputs)
        {
            Require.That(
                input.Dimensions.Without(Axis).SequenceEqual(output.Shape.Dimensions) && input[Axis] == node.Outputs.Count,
                node,
                $"input {input} does not fall into {node.Outputs.Count} outputs such as {Quoted.Name(output.Name)} of shape {output.Shape}",
                $"one output for each position of axis {Axis}");
        }
    }

    protected override IReadOnlyList<Piece> Pieces(Node node)
    {
        var strides = node.Input.Shape.Strides();
        return
        [
            .. node.Outputs.Select((output, number) => Piece.Block(
                node.Input, output, output.Shape.Dimensions, number * strides[Axis], strides.Without(Axis), 0, output.Shape.Strides())),
        ];
    }
}
