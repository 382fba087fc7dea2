// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Passes.Unrolled;

/// <summary>A value as bytes of another, through whatever slices, splits and reshapes.</summary>
/// <param name="Offset">In bytes.</param>
internal sealed record Row(Value Sequence, int Offset)
{
    public static Row Of(Graph graph, Value value)
    {
        var offset = 0;
        while (graph.ProducerOf(value) is { } node && node.Op.ViewOffset(node, node.Outputs.ToList().IndexOf(value)) is { } inside)
        {
            (value, offset) = (node.Input, offset + inside);
        }

        return new Row(value, offset);
    }

    /// <summary>
    /// The sequence whose rows the values are, from the first on; null where they lie in no such order. <paramref name="before"/> gets what has to be
    /// computed for it: the rows of a backward layer turned round, those behind the first of a longer sequence.
    /// </summary>
    public static Value? SequenceOf(Graph graph, IReadOnlyList<Value> values, Origin origin, List<Node> before)
    {
        Row[] rows = [.. values.Select(value => Of(graph, value))];
        var (all, size) = (rows[0].Sequence, values[0].ByteSize);
        var step = rows[1].Offset - rows[0].Offset;
        var low = Math.Min(rows[0].Offset, rows[^1].Offset);
        if (rows.Any(row => row.Sequence != all)
            || all.Type != values[0].Type
            || Math.Abs(step) != size
            || rows.Index().Any(row => row.Item.Offset != rows[0].Offset + (row.Index * step))
            || low % size != 0
            || all.ByteSize % size != 0)
        {
            return null;
        }

        if (low == 0 && step > 0)
        {
            return all;
        }

        Value Add(Op op, Value from, string suffix, int count)
        {
            var to = new Value($"{all.Name}/{suffix}", all.Type, new Shape([count, .. values[0].Shape.Dimensions])) { Quantization = values[0].Quantization };
            before.Add(new Node(op, [from], [to], origin));
            return to;
        }

        var apart = Add(new Reshape(), all, "rows", all.ByteSize / size);
        var part = Add(new Slice([low / size, .. values[0].Shape.Dimensions.Select(_ => 0)]), apart, "part", rows.Length);
        return step > 0 ? part : Add(new ReverseV2([0]), part, "reversed", rows.Length);
    }
}
