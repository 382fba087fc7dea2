// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>The part of the input from <paramref name="Begin"/> on that is as large as the output.</summary>
internal sealed record Slice(IReadOnlyList<int> Begin) : MoveOp
{
    public override string Name => "slice";

    public static void Import(ImportContext context)
    {
        if (!context.Input(1).IsConstant || !context.Input(2).IsConstant)
        {
            context.Add(new SliceAtRunTime(), context.Inputs, [context.Output(0)]);
            return;
        }

        var (begin, size) = (context.Integers(1, "begin"), context.Integers(2, "size"));
        var (input, output) = (context.Input(0).Shape, context.Output(0).Shape);
        var fits = begin.Length == input.Rank && size.Length == input.Rank && output.Rank == input.Rank
            && size.Index().All(entry => output[entry.Index] == (entry.Item == -1 ? input[entry.Index] - begin[entry.Index] : entry.Item));

        if (!fits)
        {
            throw context.Origin.Refuse($"begin {new Shape(begin)} and size {new Shape(size)} do not make {output} of {input}", "one number a dimension, the output's sizes or -1");
        }

        context.Add(new Slice(begin), [context.Input(0)], [context.Output(0)]);
    }

    protected override string Attributes => $"begin={string.Join(':', Begin)}";

    protected override void CheckShapes(Node node)
    {
        var (input, output) = (node.Input.Shape, node.Output.Shape);
        Require.That(
            Begin.Index().All(begin => begin.Item >= 0 && begin.Item <= input[begin.Index] - output[begin.Index]),
            node,
            $"{output} elements from {new Shape([.. Begin])} on leave the input {input}",
            "slices inside the input");
    }

    protected override IReadOnlyList<Piece> Pieces(Node node)
    {
        var strides = node.Input.Shape.Strides();
        var offset = Begin.Zip(strides, (begin, stride) => begin * stride).Sum();
        return [Piece.Block(node.Input, node.Output, node.Output.Shape.Dimensions, offset, strides, 0, node.Output.Shape.Strides())];
    }
}
