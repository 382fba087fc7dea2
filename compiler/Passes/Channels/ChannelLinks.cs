// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Passes.Channels;

/// <summary>
/// Which tensors must keep the same channels. A channel passes through depthwise convolutions, additions, pools and the like by itself;
/// ends where a convolution mixes channels; and is not tracked through anything else.
/// </summary>
internal sealed class ChannelLinks
{
    private readonly Dictionary<Value, Value> _representatives = [];

    public ChannelLinks(Graph graph, ChannelRanges ranges)
    {
        foreach (var node in graph.Nodes)
        {
            foreach (var value in Passes(node, ranges) ? Linked(node) : [])
            {
                var (from, to) = (Of(value), Of(node.Output));
                if (from != to)
                {
                    _representatives[from] = to;
                }
            }
        }
    }

    /// <summary>The group of a value, named by one of its members.</summary>
    public Value Of(Value value)
    {
        while (_representatives.TryGetValue(value, out var next))
        {
            value = next;
        }

        return value;
    }

    /// <summary>True when each output channel of the node is computed from that channel of its inputs alone, for any number of channels.</summary>
    public static bool Passes(Node node, ChannelRanges ranges) =>
        Linked(node) is { Count: > 0 } linked
        && linked.Append(node.Output).All(value => value.Type == ElementType.S8 && ranges[value].Count == ranges[linked[0]].Count);

    /// <summary>The computed inputs whose channels are those of the output; none where the op mixes channels or is not known.</summary>
    public static IReadOnlyList<Value> Linked(Node node)
    {
        var output = node.Output;
        if (node.Outputs.Count != 1 || output.Shape.Rank == 0)
        {
            return [];
        }

        return node.Op switch
        {
            DepthwiseConv2D when node.Inputs[1].Shape[3] == node.Input.Shape[3] && node.Inputs[1].IsConstant && node.Inputs[2].IsConstant => [node.Input],
            Pool2D or Reshape => [node.Input],
            Reduce { Kind: Reduction.Mean } mean when node.Input.Shape.Rank > 0 && !mean.Axes.Contains(node.Input.Shape.Rank - 1) => [node.Input],
            Pad pad when pad.Before[^1] == 0 && pad.After[^1] == 0 => [node.Input],
            Concatenation join when join.Axis != output.Shape.Rank - 1 && node.Inputs.All(input => !input.IsConstant) => node.Inputs,
            _ when node.Op.Table(node) is { } table && !table.Input.IsConstant && table.Input.Shape.Equals(output.Shape) => [table.Input],
            Add or Sub or Mul or Extremum when node.Inputs.All(input => IsAlike(input, output)) => [.. node.Inputs.Where(input => !input.IsConstant)],
            _ => [],
        };
    }

    private static bool IsAlike(Value operand, Value output) =>
        operand.Shape.Rank > 0 && operand.Shape[-1] == output.Shape[-1];
}
