// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Convolution;

/// <summary>
/// First layers read one to four channels. So that each run of theirs is whole words, some are seen as other convolutions that have the
/// same sums, their weights packed with zeros:
/// <list type="bullet">
/// <item>three channels: four, the strip of input is copied with a fourth byte a pixel;</item>
/// <item>runs below four bytes: filters of more columns;</item>
/// <item>a depthwise convolution of one channel: a convolution, its weights transposed.</item>
/// </list>
/// <see cref="WindowInput"/> is another way.
/// </summary>
internal static class NarrowInput
{
    private const int GroupBytes = 4;

    /// <summary>The convolution that a node is, or null.</summary>
    /// <param name="node">Of any op.</param>
    public static PortableCall? Of(Node node) => Packed(Calls(node));

    /// <summary>The same as its windows, or null.</summary>
    public static WindowInput? Windows(Node node) => Calls(node) is [var call] ? WindowInput.Of(new PortableCall(call)) : null;

    private static IReadOnlyList<KernelCall> Calls(Node node) => node.Op switch
    {
        _ when node.Inputs is not [{ Type: ElementType.S8 }, ..] => [],
        Conv2D => node.Op.Lower(node),
        DepthwiseConv2D when node.Input.Shape[3] == 1 => Transposed(node.Op.Lower(node)),
        _ => [],
    };

    private static IReadOnlyList<KernelCall> Transposed(IReadOnlyList<KernelCall> calls)
    {
        if (calls is not [var call] || PortableCall.WeightsOf(call) is not { } weights)
        {
            return [];
        }

        var portable = new PortableCall(call);
        var channels = portable["depth_multiplier"];
        var transposed = weights.Index().GroupBy(weight => weight.Index % channels, weight => weight.Item).OrderBy(channel => channel.Key).SelectMany(channel => channel);
        return
        [
            PortableCall.With(call, [.. transposed], [("filter_depth", 1), ("out_depth", channels)]),
        ];
    }

    private static PortableCall? Packed(IReadOnlyList<KernelCall> calls)
    {
        if (calls is not [var call])
        {
            return null;
        }

        var portable = new PortableCall(call);
        var (depth, columns) = (portable["in_depth"], portable["columns.filter"]);
        if (portable["filter_depth"] != depth || PortableCall.WeightsOf(call) is not { } weights)
        {
            return portable;
        }

        var packedDepth = depth == 3 ? 4 : depth;
        var packedColumns = Math.Max(columns, (GroupBytes + packedDepth - 1) / packedDepth);
        if ((packedDepth, packedColumns) == (depth, columns) || (portable["columns.dilation"] > 1 && columns > 1))
        {
            return portable;
        }

        var packed = new sbyte[weights.Length / (depth * columns) * packedDepth * packedColumns];
        foreach (var (at, weight) in weights.Index())
        {
            var (run, column, channel) = (at / (depth * columns), at / depth % columns, at % depth);
            packed[(((run * packedColumns) + column) * packedDepth) + channel] = weight;
        }

        return portable.With(packed, [("in_depth", packedDepth), ("filter_depth", packedDepth), ("columns.filter", packedColumns), ("columns.dilation", 1)]);
    }
}
