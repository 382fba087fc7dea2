// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>output[b, y, x, (v * block + u) * channels + c] = input[b, y * block + v, x * block + u, c].</summary>
internal sealed record SpaceToDepth(int Block) : MoveOp
{
    public override string Name => "space_to_depth";

    public static void Import(ImportContext context) =>
        context.Add(new SpaceToDepth(context.Options<SpaceToDepthOptions>().BlockSize), [context.Input(0)], [context.Output(0)]);

    protected override string Attributes => $"{Block}";

    protected override void CheckShapes(Node node) => SpaceBlocks.CheckDepth(node, Block, deep: node.Output.Shape, wide: node.Input.Shape);

    protected override IReadOnlyList<Piece> Pieces(Node node)
    {
        var (shape, deep, wide) = SpaceBlocks.Depth(Block, node.Output.Shape, node.Input.Shape);
        return [Piece.Block(node.Input, node.Output, shape, 0, wide, 0, deep)];
    }
}
