// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Passes.Channels;

namespace TinyInfer.Compiler.Passes;

/// <summary>
/// Takes out channels that always hold the same value and channels that nothing depends on, with their weights, wherever the
/// tensors between two mixing layers can do without them.
/// <code>
///   %a = conv_2d&lt;same,relu&gt;(%x, $w, $b) : s8[1,8,8,16]
///   %d = depthwise_conv_2d&lt;same,relu&gt;(%a, $v, $c) : s8[1,8,8,16]
///   %y = conv_2d&lt;same&gt;(%d, $u, $e) : s8[1,8,8,4]
/// =>
///   %a = conv_2d&lt;same,relu&gt;(%x, $w, $b) : s8[1,8,8,11]
///   %d = depthwise_conv_2d&lt;same,relu&gt;(%a, $v, $c) : s8[1,8,8,11]
///   %y = conv_2d&lt;same&gt;(%d, $u, $e) : s8[1,8,8,4]
/// </code>
/// Exact. <see cref="ChannelRanges"/> bounds each channel for all inputs there are; one with equal bounds is a constant k, and each
/// layer that mixed it adds weight * (k - zero point) to its bias instead. <see cref="ChannelNeeds"/> is the condition for both.
/// </summary>
internal sealed class EliminateChannels : IPass
{
    public void Run(Graph graph)
    {
        var ranges = ChannelRanges.Of(graph);
        var needs = ChannelNeeds.Of(graph, ranges);
        var cuts = new ChannelCuts(ranges, needs);

        foreach (var node in graph.Nodes.Where(node => node.Inputs.Concat(node.Outputs).Any(cuts.IsCut)).ToList())
        {
            graph.Replace([node], cuts.Of(node));
        }
    }
}
