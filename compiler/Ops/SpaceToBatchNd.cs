// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// The padded image cut into Height x Width interleaved ones, stacked as batches:
/// output[(v * Width + u) * batch + b, y, x, c] = padded[b, y * Height + v, x * Width + u, c].
/// </summary>
internal sealed record SpaceToBatchNd(BatchBlocks Blocks) : MoveOp
{
    public override string Name => "space_to_batch_nd";

    public static void Import(ImportContext context) =>
        context.Add(new SpaceToBatchNd(SpaceBlocks.Batch(context, "paddings")), [context.Input(0)], [context.Output(0)]);

    protected override string Attributes => $"{Blocks}";

    protected override void CheckShapes(Node node) => Blocks.Check(node, space: node.Input.Shape, batches: node.Output.Shape);

    protected override IReadOnlyList<Piece> Pieces(Node node)
    {
        var blocks = Blocks.Blocks(node.Input.Shape, node.Output.Shape)
            .Select(block => Piece.Block(node.Input, node.Output, block.Shape, block.WideOffset, block.Wide, block.BatchedOffset, block.Batched));

        return Blocks.HasBorder ? [Border(node.Output), .. blocks] : [.. blocks];
    }

    /// <summary>The whole output filled with what stands for zero.</summary>
    private static Piece Border(Value output)
    {
        var zero = new Value($"{output.Name}/zero", output.Type, new Shape()) { Constant = Pad.Zero(output) };
        return Piece.Block(zero, output, [output.Shape.Count], 0, [0], 0, [1]);
    }
}
