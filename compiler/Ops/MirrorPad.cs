// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>The input with its border mirrored outwards; <paramref name="Symmetric"/> repeats the outermost element, else it is the mirror.</summary>
internal sealed record MirrorPad(IReadOnlyList<int> Before, IReadOnlyList<int> After, bool Symmetric) : MoveOp
{
    public override string Name => "mirror_pad";

    public static void Import(ImportContext context)
    {
        var paddings = context.Integers(1, "paddings");
        if (paddings.Length != 2 * context.Input(0).Shape.Rank)
        {
            throw context.Origin.Refuse($"{paddings.Length} paddings for a tensor with {context.Input(0).Shape.Rank} dimensions", "two a dimension");
        }

        var symmetric = context.Options<MirrorPadOptions>().Mode == MirrorPadMode.SYMMETRIC;
        var before = paddings.Where((_, i) => i % 2 == 0);
        var after = paddings.Where((_, i) => i % 2 == 1);
        context.Add(new MirrorPad([.. before], [.. after], symmetric), [context.Input(0)], [context.Output(0)]);
    }

    protected override string Attributes =>
        $"{(Symmetric ? "symmetric" : "reflect")},{string.Join(',', Before.Zip(After, (before, after) => $"{before}:{after}"))}";

    protected override void CheckShapes(Node node)
    {
        TableCopy.CheckSizes(node);
        var (input, output) = (node.Input.Shape, node.Output.Shape);
        var farthest = Symmetric ? 0 : 1;
        Require.That(
            input.Dimensions.Select((size, d) => size + Before[d] + After[d]).SequenceEqual(output.Dimensions)
                && input.Dimensions.Index().All(size => Inside(Before[size.Index], size.Item) && Inside(After[size.Index], size.Item)),
            node,
            $"paddings {new Shape([.. Before])} before and {new Shape([.. After])} after {input} do not make {output}",
            $"sums, none negative or above the dimension's size{(Symmetric ? "" : " - 1")}");

        bool Inside(int padding, int size) => padding >= 0 && padding <= size - farthest;
    }

    protected override IReadOnlyList<Piece> Pieces(Node node)
    {
        var input = node.Input.Shape;
        var strides = input.Strides();
        var tables = Enumerable.Range(0, input.Rank).Select(d => Table(input[d], Before[d], After[d], strides[d]));
        return [new Piece(node.Input, node.Output, TableCopy.Of([.. tables]))];
    }

    private int[] Table(int size, int before, int after, int stride)
    {
        var shift = Symmetric ? 1 : 0;
        return [.. Enumerable.Range(-before, before + size + after).Select(i => stride * Mirrored(i))];

        int Mirrored(int i) => i < 0 ? -i - shift : i < size ? i : (2 * (size - 1)) - i + shift;
    }
}
