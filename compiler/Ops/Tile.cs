// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>The whole input repeated along each dimension, as often as fits the output.</summary>
internal sealed record Tile : MoveOp
{
    public override string Name => "tile";

    public static void Import(ImportContext context) => context.Add(new Tile(), [context.Input(0)], [context.Output(0)]);

    protected override void CheckShapes(Node node)
    {
        TableCopy.CheckSizes(node);
        var (input, output) = (node.Input.Shape, node.Output.Shape);
        Require.That(
            input.Rank == output.Rank && input.Dimensions.Zip(output.Dimensions, (from, to) => from > 0 && to % from == 0).All(fits => fits),
            node,
            $"input {input} cannot be repeated to {output}",
            "multiples of each dimension");
    }

    /// <summary>A strided copy over [times, size] of each dimension where that is few enough, else a table for each.</summary>
    protected override IReadOnlyList<Piece> Pieces(Node node)
    {
        var (input, output) = (node.Input.Shape, node.Output.Shape);
        int[] split = [.. input.Dimensions.SelectMany((size, d) => new[] { output[d] / size, size })];
        int[] steps = [.. input.Strides().SelectMany(stride => new[] { 0, stride })];
        var strided = Piece.Block(node.Input, node.Output, split, 0, steps, 0, new Shape(split).Strides());

        return strided.Movement.LoopDimensions <= Movement.MaxDimensions
            ? [strided]
            : [new Piece(node.Input, node.Output, TableCopy.Of([.. input.Strides().Select((stride, d) => Table(output[d], input[d], stride))]))];
    }

    private static int[] Table(int count, int size, int stride) => [.. Enumerable.Range(0, count).Select(i => i % size * stride)];
}
