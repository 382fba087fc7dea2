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
/// So is a fully connected layer of several rows: a convolution of single pixels.
/// <see cref="WindowInput"/> is another way.
/// </summary>
internal static class NarrowInput
{
    private const int GroupBytes = 4;

    /// <summary>The convolution that a node is, or null.</summary>
    /// <param name="node">Of any op.</param>
    public static PortableCall? Of(Node node) => Packed(Calls(node));

    /// <summary>The same as its windows, or null.</summary>
    public static WindowInput? Windows(Node node) => node.Op is not Ops.FullyConnected && Calls(node) is [var call] ? WindowInput.Of(new PortableCall(call)) : null;

    private static IReadOnlyList<KernelCall> Calls(Node node) => node.Op switch
    {
        _ when node.Inputs is not [{ Type: ElementType.S8 }, ..] => [],
        Conv2D => node.PortableCalls,
        DepthwiseConv2D when node.Input.Shape[3] == 1 => Transposed(node.PortableCalls),
        Ops.FullyConnected => Pixels(node),
        _ => [],
    };

    private static IReadOnlyList<KernelCall> Pixels(Node node)
    {
        if (node.PortableCalls is not [{ Kernel: "fully_connected_s8" } call])
        {
            return [];
        }

        var dense = new PortableCall(call);
        var (rows, depth) = (dense["batch"], dense["in_size"]);
        if (rows < 2 || depth != node.Input.Shape[-1] || dense["weights_zero_point"] != 0 || dense["input_zero_point"] != 0)
        {
            return [];
        }

        Window Single(int pixels) => new(pixels, pixels, 1, 1, 1, Tflite.Padding.VALID);
        return
        [
            call with
            {
                Parameters =
                [
                    ("batch", 1), .. Single(1).Fields("rows"), .. Single(rows).Fields("columns"),
                    ("in_depth", depth), ("filter_depth", depth), ("out_depth", dense["out_size"]),
                    .. call.Parameters.Where(field => field.Name is "input_zero_point" or "zero_point" or "min" or "max"),
                ],
            },
        ];
    }

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
