// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>The input with the positions along <paramref name="Reversed"/> in opposite order.</summary>
internal sealed record ReverseV2(IReadOnlyList<int> Reversed) : MoveOp
{
    public override string Name => "reverse_v2";

    public static void Import(ImportContext context)
    {
        var rank = context.Input(0).Shape.Rank;
        var axes = context.Integers(1, "axes").Select(axis => Axes.Normalize(context.Origin, axis, rank));
        context.Add(new ReverseV2([.. axes]), [context.Input(0)], [context.Output(0)]);
    }

    protected override string Attributes => $"{string.Join(',', Reversed)}";

    protected override void CheckShapes(Node node) => Require.That(
        node.Input.Shape.Equals(node.Output.Shape) && Reversed.Distinct().Count() == Reversed.Count,
        node,
        $"axes {new Shape([.. Reversed])}, input {node.Input.Shape} and output {node.Output.Shape}",
        "equal shapes, each axis once");

    protected override IReadOnlyList<Piece> Pieces(Node node)
    {
        var (shape, strides) = (node.Input.Shape, node.Input.Shape.Strides());
        var last = Reversed.Sum(axis => (shape[axis] - 1) * strides[axis]);
        return [Piece.Block(node.Input, node.Output, shape.Dimensions, last, [.. strides.Select((stride, d) => Reversed.Contains(d) ? -stride : stride)], 0, strides)];
    }
}
