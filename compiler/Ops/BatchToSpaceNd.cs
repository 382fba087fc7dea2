// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>The reverse of <see cref="SpaceToBatchNd"/>: batches become the positions of blocks, then the border is cut off.</summary>
internal sealed record BatchToSpaceNd(BatchBlocks Blocks) : MoveOp
{
    public override string Name => "batch_to_space_nd";

    public static void Import(ImportContext context) =>
        context.Add(new BatchToSpaceNd(SpaceBlocks.Batch(context, "crops")), [context.Input(0)], [context.Output(0)]);

    protected override string Attributes => $"{Blocks}";

    protected override void CheckShapes(Node node) => Blocks.Check(node, space: node.Output.Shape, batches: node.Input.Shape);

    protected override IReadOnlyList<Piece> Pieces(Node node) =>
    [
        .. Blocks.Blocks(node.Output.Shape, node.Input.Shape)
            .Select(block => Piece.Block(node.Input, node.Output, block.Shape, block.BatchedOffset, block.Batched, block.WideOffset, block.Wide)),
    ];
}
