// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Passes.Channels;

/// <summary>Nodes and values with the channels that are needed, and no others.</summary>
internal sealed class ChannelCuts(ChannelRanges ranges, ChannelNeeds needs)
{
    private readonly Dictionary<Value, Value> _cut = [];

    public bool IsCut(Value value) => value is { Type: ElementType.S8, IsConstant: false } && needs[value].Contains(false);

    public Node Of(Node node)
    {
        var outputs = node.Outputs.Select(Cut).ToArray();
        if (node.Op is not (Conv2D or DepthwiseConv2D or FullyConnected) || node.Input.Type != ElementType.S8)
        {
            return node.With(inputs: [.. node.Inputs.Select(input => input.IsConstant ? Operand(node, input) : Cut(input))], outputs: outputs);
        }

        var layer = Products.Of(node);
        var rows = Kept(node.Output, node.Output.Shape[-1]);
        var (weights, bias) = (node.Inputs[1], node.Inputs[2]);
        var axis = node.Op is DepthwiseConv2D ? 3 : weights.Shape.Rank - (node.Op is FullyConnected ? 2 : 4);

        var kept = Selected(weights, axis, rows);
        if (node.Op is not DepthwiseConv2D)
        {
            kept = Selected(kept, weights.Shape.Rank - 1, Kept(node.Input, weights.Shape[-1]));
        }

        var folded = Folded(node, layer is { IsDepthwise: false } ? layer : null, bias);
        return node.With(inputs: [Cut(node.Input), kept, Selected(folded, 0, rows)], outputs: outputs, removed: Removed(node));
    }

    private RemovedChannels Removed(Node node)
    {
        var channels = node.Output.Shape[-1];
        var lost = Enumerable.Range(0, channels).Except(Kept(node.Output, channels)).Select(channel => ranges[node.Output][channel % ranges[node.Output].Count].IsConstant).ToArray();
        return new RemovedChannels(
            node.Input.Shape[-1], channels, lost.Count(constant => constant), lost.Count(constant => !constant), node.Op.Macs(node), node.Inputs[1].ByteSize + node.Inputs[2].ByteSize);
    }

    private Value Folded(Node node, Products? mixing, Value bias)
    {
        var sums = bias.As<int>().ToArray();
        foreach (var channel in mixing is null ? [] : Enumerable.Range(0, mixing.InDepth).Except(Kept(node.Input, mixing.InDepth)))
        {
            for (var output = 0; needs.IsFoldable(mixing!, node.Input, channel) && output < sums.Length; output++)
            {
                sums[output] += mixing!.Constant(output, channel, ranges[node.Input][channel % ranges[node.Input].Count].Low);
            }
        }

        return With(bias, new Shape(sums.Length), MemoryMarshal.AsBytes(sums.AsSpan()).ToArray());
    }

    private Value Cut(Value value)
    {
        if (!IsCut(value))
        {
            return value;
        }

        if (!_cut.TryGetValue(value, out var cut))
        {
            var sizes = value.Shape.Dimensions.ToArray();
            sizes[^1] = Kept(value, sizes[^1]).Length;
            _cut[value] = cut = With(value, new Shape(sizes), constant: null);
        }

        return cut;
    }

    // A constant of an elementwise op: one for each channel, or, with a last dimension of 1, one for all.
    private Value Operand(Node node, Value constant) => IsCut(node.Output) && constant.Type == ElementType.S8 && constant.Shape.Rank > 0 && constant.Shape[-1] == node.Output.Shape[-1]
        ? Selected(constant, constant.Shape.Rank - 1, Kept(node.Output, constant.Shape[-1]))
        : constant;

    /// <summary>Indices, out of <paramref name="size"/>, that belong to channels of <paramref name="value"/> which are kept.</summary>
    private int[] Kept(Value value, int size)
    {
        var flags = IsCut(value) ? needs[value] : [true];
        return [.. Enumerable.Range(0, size).Where(i => flags[i % flags.Length])];
    }

    private static Value Selected(Value value, int axis, IReadOnlyList<int> kept)
    {
        var sizes = value.Shape.Dimensions.ToArray();
        if (kept.Count == sizes[axis])
        {
            return value;
        }

        var inner = value.Type.Size() * sizes.Skip(axis + 1).Aggregate(1, (product, size) => product * size);
        var outer = sizes.Take(axis).Aggregate(1, (product, size) => product * size);
        var from = value.Constant!.Value.Span;
        var to = new List<byte>(outer * kept.Count * inner);
        for (var o = 0; o < outer; o++)
        {
            foreach (var index in kept)
            {
                to.AddRange(from.Slice(((o * sizes[axis]) + index) * inner, inner));
            }
        }

        var quantization = value.Quantization is { IsPerTensor: false } channels && channels.Axis == axis
            ? channels with { Scales = [.. kept.Select(index => channels.Scales[index])], ZeroPoints = [.. kept.Select(index => channels.ZeroPoints[index])] }
            : value.Quantization;
        sizes[axis] = kept.Count;
        return new Value(value.Name, value.Type, new Shape(sizes)) { Quantization = quantization, Constant = to.ToArray() };
    }

    private static Value With(Value value, Shape shape, ReadOnlyMemory<byte>? constant) =>
        new(value.Name, value.Type, shape) { Quantization = value.Quantization, Constant = constant };
}
