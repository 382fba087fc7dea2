// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>The input repeated along its dimensions of one to the output's shape: BROADCAST_TO, and FILL, whose input is one element.</summary>
internal sealed record BroadcastTo : MoveOp
{
    public override string Name => "broadcast_to";

    public static void Import(ImportContext context) => context.Add(new BroadcastTo(), [context.Input(0)], [context.Output(0)]);

    /// <summary>FILL: the shape comes before the value.</summary>
    public static void ImportFill(ImportContext context) => context.Add(new BroadcastTo(), [context.Input(1)], [context.Output(0)]);

    /// <summary>ZEROS_LIKE: a stored 0 everywhere.</summary>
    public static void ImportZeros(ImportContext context)
    {
        var output = context.Output(0);
        var zero = new Value($"{output.Name}/zero", output.Type, new Shape()) { Constant = new byte[output.Type.Size()] };
        context.Add(new BroadcastTo(), [zero], [output]);
    }

    protected override void CheckShapes(Node node)
    {
        var (input, output) = (node.Input.Shape.Extended(node.Output.Shape.Rank), node.Output.Shape);
        Require.That(
            input.Rank == output.Rank && input.Dimensions.Zip(output.Dimensions, (from, to) => from == to || from == 1).All(fits => fits),
            node,
            $"input {node.Input.Shape} cannot be repeated to {output}",
            "dimensions of one or the output's");
    }

    protected override IReadOnlyList<Piece> Pieces(Node node)
    {
        var (input, output) = (node.Input.Shape.Extended(node.Output.Shape.Rank), node.Output.Shape);
        var strides = input.Strides().Zip(input.Dimensions, (stride, size) => size == 1 ? 0 : stride);
        return [Piece.Block(node.Input, node.Output, output.Dimensions, 0, [.. strides], 0, output.Strides())];
    }
}
