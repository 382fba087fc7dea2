// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Passes.Channels;

/// <summary>
/// Which channels of each tensor something depends on, backward from the outputs of the model. Nothing depends on a channel when every
/// layer that mixes it into others has only zeros for it, or can do with its constant value: any value where no border is read, else
/// only the zero point, which is what borders count as. Starts with nothing needed and grows until nothing changes.
/// </summary>
internal sealed class ChannelNeeds
{
    private readonly ChannelRanges _ranges;
    private readonly ChannelLinks _links;
    private readonly Dictionary<Value, bool[]> _needed = [];
    private bool _grown;

    private ChannelNeeds(ChannelRanges ranges, ChannelLinks links)
    {
        _ranges = ranges;
        _links = links;
    }

    public static ChannelNeeds Of(Graph graph, ChannelRanges ranges)
    {
        var needs = new ChannelNeeds(ranges, new ChannelLinks(graph, ranges));
        var mixing = graph.Nodes.ToDictionary(node => node, node => ChannelLinks.Passes(node, ranges) ? null : Products.Of(node));
        var pinned = graph.Inputs.Concat(graph.States.Select(state => state.Value)).Concat(graph.Nodes.SelectMany(node => node.Outputs).Where(graph.IsResult));
        foreach (var value in pinned)
        {
            needs.NeedAll(value);
        }

        do
        {
            needs._grown = false;
            foreach (var node in graph.Nodes.Reverse())
            {
                needs.Grow(node, mixing[node]);
            }
        }
        while (needs._grown);

        return needs;
    }

    /// <summary>One flag a channel; the first one stays where none is needed, as a tensor cannot be empty.</summary>
    public bool[] this[Value value]
    {
        get
        {
            var needed = Flags(value).ToArray();
            needed[0] |= !needed.Contains(true);
            return needed;
        }
    }

    /// <summary>True when a layer computes the same without this channel of its input and with its value in the bias.</summary>
    public bool IsFoldable(Products layer, Value input, int channel) =>
        _ranges[input][channel % _ranges[input].Count] is { IsConstant: true, Low: var stored } && (!layer.IsPadded || stored == input.Quantization!.ZeroPoint);

    private void Grow(Node node, Products? mixing)
    {
        if (ChannelLinks.Passes(node, _ranges))
        {
            return;
        }

        if (mixing is null || mixing.IsDepthwise)
        {
            foreach (var value in node.Inputs.Where(input => !input.IsConstant).Concat(mixing is null || mixing.InDepth > 1 ? node.Outputs : []))
            {
                NeedAll(value);
            }

            return;
        }

        var (inputs, outputs) = (Flags(node.Input), this[node.Output]);
        for (var input = 0; input < mixing.InDepth; input++)
        {
            if (!inputs[input % inputs.Length]
                && !IsFoldable(mixing, node.Input, input)
                && Enumerable.Range(0, mixing.OutDepth).Any(output => outputs[output] && mixing.Weights(output, input).Any(weight => weight != 0)))
            {
                inputs[input % inputs.Length] = _grown = true;
            }
        }
    }

    private void NeedAll(Value value)
    {
        var flags = Flags(value);
        _grown |= flags.Contains(false);
        flags.AsSpan().Fill(true);
    }

    private bool[] Flags(Value value)
    {
        var group = _links.Of(value);
        return _needed.TryGetValue(group, out var flags) ? flags : _needed[group] = new bool[_ranges[group].Count];
    }
}
