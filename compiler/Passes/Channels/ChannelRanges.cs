// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Passes.Channels;

/// <summary>
/// What each channel of each int8 tensor can hold, whatever the inputs of the model: intervals, forward through the graph, with the
/// arithmetic of the kernels. An element belongs to the channel (its index in row-major order) % (number of channels); the number divides
/// the last dimension, and is smaller than it where a reshape has flattened an image.
/// </summary>
internal sealed class ChannelRanges
{
    private readonly Dictionary<Value, Interval[]> _ranges = [];

    private ChannelRanges()
    {
    }

    /// <summary>One interval a channel.</summary>
    public IReadOnlyList<Interval> this[Value value] => _ranges.TryGetValue(value, out var known) ? known : _ranges[value] = Unknown(value);

    public static ChannelRanges Of(Graph graph)
    {
        var ranges = new ChannelRanges();
        foreach (var node in graph.Nodes.Where(node => node.Outputs is [{ Type: ElementType.S8 }]))
        {
            if (ranges.Output(node) is { } output)
            {
                ranges._ranges[node.Output] = output;
            }
        }

        return ranges;
    }

    /// <summary>Null where nothing is known.</summary>
    private Interval[]? Output(Node node) => node.Op switch
    {
        Conv2D or DepthwiseConv2D or FullyConnected => Products.Of(node)?.Outputs(this[node.Input]),
        _ when !IsEven(node) => null,
        _ when node.Op.Table(node) is { } table => Each(node, table.Input, range => Enumerable.Range(range.Low, range.High - range.Low + 1)
            .Select(stored => Interval.Of((sbyte)table.Entries[(byte)stored])).Aggregate((some, more) => some.Or(more))),
        Pool2D pool when pool.Activation.Bounds(node.Output) is var (min, max) => Each(node, node.Input, range => range.Clamped(min, max)),
        Reduce { Kind: Reduction.Mean } mean => Each(node, node.Input, range => mean.Average(node) is { } average ? range.Map(average) : Interval.Int8),
        Reshape => Each(node, node.Input, range => range),
        Pad pad => Each(node, node.Input, range => range.Or((sbyte)pad.Stored)),
        Concatenation => [.. this[node.Input].Index().Select(channel => node.Inputs.Select(input => this[input][channel.Index]).Aggregate((some, more) => some.Or(more)))],
        Add or Sub or Mul or Extremum when ((BinaryOp)node.Op).Formula(node) is var formula =>
            [.. Operand(node, 0).Zip(Operand(node, 1), (a, b) => a.Map(x => formula(x, b.Low)).Or(a.Map(x => formula(x, b.High))))],
        _ => null,
    };

    private bool IsEven(Node node) => ChannelLinks.Linked(node) is { Count: > 0 } linked
        && linked.All(value => this[value].Count == this[linked[0]].Count)
        && node.Output.Shape[-1] % this[linked[0]].Count == 0;

    private Interval[] Each(Node node, Value input, Func<Interval, Interval> function) => node.Input.Type == ElementType.S8 ? [.. this[input].Select(function)] : Unknown(node.Output);

    // An operand with a single channel serves all channels of the other one.
    private IEnumerable<Interval> Operand(Node node, int index)
    {
        var channels = Math.Max(this[node.Inputs[0]].Count, this[node.Inputs[1]].Count);
        var operand = this[node.Inputs[index]];
        return Enumerable.Range(0, channels).Select(channel => operand[channel % operand.Count]);
    }

    private static Interval[] Unknown(Value value)
    {
        var channels = value.Shape.Rank == 0 ? 1 : Math.Max(1, value.Shape[-1]);
        if (value is not { Type: ElementType.S8, IsConstant: true } || value.Shape.Count == 0)
        {
            return [.. Enumerable.Repeat(Interval.Int8, channels)];
        }

        var stored = value.As<sbyte>();
        var ranges = new Interval[channels];
        for (var i = 0; i < stored.Length; i++)
        {
            ranges[i % channels] = i < channels ? Interval.Of(stored[i]) : ranges[i % channels].Or(stored[i]);
        }

        return ranges;
    }
}
