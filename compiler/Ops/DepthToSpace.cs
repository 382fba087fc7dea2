// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>output[b, y * block + v, x * block + u, c] = input[b, y, x, (v * block + u) * channels + c].</summary>
internal sealed record DepthToSpace(int Block) : MoveOp
{
    public override string Name => "depth_to_space";

    public static void Import(ImportContext context) =>
        context.Add(new DepthToSpace(context.Options<DepthToSpaceOptions>().BlockSize), [context.Input(0)], [context.Output(0)]);

    protected override string Attributes => $"{Block}";

    protected override void CheckShapes(Node node) => SpaceBlocks.CheckDepth(node, Block, deep: node.Input.Shape, wide: node.Output.Shape);

    protected override IReadOnlyList<Piece> Pieces(Node node)
    {
        var (shape, deep, wide) = SpaceBlocks.Depth(Block, node.Input.Shape, node.Output.Shape);
        return [Piece.Block(node.Input, node.Output, shape, 0, deep, 0, wide)];
    }
}
