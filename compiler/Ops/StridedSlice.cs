// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>Every Step-th position from Start on, along each dimension of the input; dimensions that vanish or appear have one.</summary>
internal sealed record StridedSlice(IReadOnlyList<StridedSlice.Range> Ranges) : MoveOp
{
    public override string Name => "strided_slice";

    public static void Import(ImportContext context)
    {
        var spec = new StridedSliceSpec(
            context.Integers(1, "begin"), context.Integers(2, "end"), context.Integers(3, "strides"), context.Options<StridedSliceOptions>());
        var (ranges, shape) = spec.Resolve(context.Input(0).Shape, context.Origin);

        if (!shape.Equals(context.Output(0).Shape))
        {
            throw context.Origin.Refuse($"the slice of {context.Input(0).Shape} has shape {shape}, the output {context.Output(0).Shape}", "equal ones");
        }

        context.Add(new StridedSlice(ranges), [context.Input(0)], [context.Output(0)]);
    }

    protected override string Attributes => $"{string.Join(',', Ranges)}";

    protected override void CheckShapes(Node node)
    {
        var input = node.Input.Shape;
        Require.That(
            Ranges.Count == input.Rank && Ranges.Index().All(range => range.Item.Inside(input[range.Index]))
                && Ranges.Aggregate(1, (count, range) => count * range.Count) == node.Output.Shape.Count,
            node,
            $"positions {string.Join(',', Ranges)} of input {input} do not make output {node.Output.Shape}",
            "positions inside the input, as many as the output's");
    }

    protected override IReadOnlyList<Piece> Pieces(Node node)
    {
        var strides = node.Input.Shape.Strides();
        var counts = new Shape([.. Ranges.Select(range => range.Count)]);
        var offset = Ranges.Zip(strides, (range, stride) => range.Start * stride).Sum();
        var steps = Ranges.Zip(strides, (range, stride) => range.Step * stride).ToArray();
        return [Piece.Block(node.Input, node.Output, counts.Dimensions, offset, steps, 0, counts.Strides())];
    }

    internal readonly record struct Range(int Start, int Step, int Count)
    {
        public bool Inside(int size)
        {
            var last = Start + ((Count - 1L) * Step);
            return Start >= 0 && Start < size && last >= 0 && last < size;
        }

        public override string ToString() => $"{Start}+{Step}*{Count}";
    }
}
