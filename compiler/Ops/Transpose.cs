// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>Dimension d of the output is dimension Permutation[d] of the input.</summary>
internal sealed record Transpose(IReadOnlyList<int> Permutation) : MoveOp
{
    public override string Name => "transpose";

    public static void Import(ImportContext context)
    {
        var rank = context.Input(0).Shape.Rank;
        var permutation = context.Integers(1, "permutation").Select(axis => Axes.Normalize(context.Origin, axis, rank));
        context.Add(new Transpose([.. permutation]), [context.Input(0)], [context.Output(0)]);
    }

    protected override string Attributes => $"{string.Join(',', Permutation)}";

    protected override void CheckShapes(Node node)
    {
        var (input, output) = (node.Input.Shape, node.Output.Shape);
        Require.That(
            Permutation.Order().SequenceEqual(Enumerable.Range(0, input.Rank)) && Permutation.Select(axis => input[axis]).SequenceEqual(output.Dimensions),
            node,
            $"permutation {new Shape([.. Permutation])} of {input} does not make {output}",
            "each dimension once");
    }

    protected override IReadOnlyList<Piece> Pieces(Node node)
    {
        var strides = node.Input.Shape.Strides();
        return [Piece.Block(node.Input, node.Output, node.Output.Shape.Dimensions, 0, [.. Permutation.Select(axis => strides[axis])], 0, node.Output.Shape.Strides())];
    }
}
