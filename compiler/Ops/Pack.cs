// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>Equally shaped inputs along a new dimension, <paramref name="Axis"/> of the output.</summary>
internal sealed record Pack(int Axis) : MoveOp
{
    public override string Name => "pack";

    public static void Import(ImportContext context)
    {
        var axis = Axes.Normalize(context.Origin, context.Options<PackOptions>().Axis, context.Output(0).Shape.Rank);
        context.Add(new Pack(axis), context.Inputs, [context.Output(0)]);
    }

    protected override string Attributes => $"axis={Axis}";

    protected override void CheckShapes(Node node)
    {
        var output = node.Output.Shape;

        foreach (var input in node.Inputs)
        {
            Require.That(
                output.Dimensions.Without(Axis).SequenceEqual(input.Shape.Dimensions) && output[Axis] == node.Inputs.Count,
                node,
                $"{node.Inputs.Count} inputs such as {Quoted.Name(input.Name)} of shape {input.Shape} do not make output {output}",
                $"the inputs' shape with their number at axis {Axis}");
        }
    }

    protected override IReadOnlyList<Piece> Pieces(Node node)
    {
        var strides = node.Output.Shape.Strides();
        return
        [
            .. node.Inputs.Select((input, number) => Piece.Block(
                input, node.Output, input.Shape.Dimensions, 0, input.Shape.Strides(), number * strides[Axis], strides.Without(Axis))),
        ];
    }
}
