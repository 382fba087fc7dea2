// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Patch;

/// <summary>
/// Convolutions and matrix products of int16 elements, and those convolutions of int8 that the faster families cannot serve, because
/// their sums are too large to be scaled, their weights are extreme, or there are several images.
/// </summary>
internal sealed class PatchFamily : IFamily
{
    private const int MostStep = 4000;
    private const int MostGroupedWeights = 64;

    public IEnumerable<Candidate> Match(Node node, Core core)
    {
        if (node.Op is Conv2D && PortableCall.Of(node, "conv_2d_s8") is { } bytes)
        {
            return Int8(node, core, bytes, "filter_depth", bytes.Constant<sbyte>(1), node.Inputs[1]);
        }

        if (node.Op is DepthwiseConv2D && PortableCall.Of(node, "depthwise_conv_2d_s8") is { } channels && channels["depth_multiplier"] > 1 && channels.Constant<sbyte>(1) is { } filters)
        {
            var outDepth = channels["in_depth"] * channels["depth_multiplier"];
            sbyte[] filtersFirst = [.. Enumerable.Range(0, outDepth).SelectMany(o => filters.Where((_, at) => at % outDepth == o))];
            return Int8(node, core, channels, null, filtersFirst, ConstantOperand.Of("weights", filtersFirst));
        }

        return node.Op is Conv2D or DepthwiseConv2D or Ops.FullyConnected && PortableCall.Of(node, "conv_2d_s16") is { } halves ? Int16(node, core, halves) : [];
    }

    /// <param name="depth">The name of the channels that one output reads; null: one.</param>
    /// <param name="weights">Of one output behind the other.</param>
    private static IEnumerable<Candidate> Int8(Node node, Core core, PortableCall call, string? depth, sbyte[]? weights, Operand operand)
    {
        if (weights is null || call.Constant<int>(2) is not { } bias)
        {
            return [];
        }

        var (size, scales, zeroPoint) = (weights.Length / bias.Length, call.Scales(3), call["input_zero_point"]);
        var effective = bias.Select((b, o) => b - (zeroPoint * Row(weights, size, o).Sum(weight => (long)weight))).ToArray();
        var ranges = effective.Select((b, o) => AccumulatorRange.Of(Row(weights, size, o), b)).ToArray();
        var groupDepth = depth is null ? 1 : call[depth];
        var isServed = ranges.All(range => range.FitsScaled) && !weights.Contains(sbyte.MinValue) && groupDepth == call["in_depth"] && call["rows.dilation"] == 1 && call["columns.dilation"] == 1
            && call["batch"] == 1;
        if (isServed || !ranges.All(range => range.FitsWord) || !PatchOutput.Fits(scales))
        {
            return [];
        }

        var fill = unchecked((byte)zeroPoint * 0x01010101);
        var shape = new PatchShape(
            call["batch"], Axis(call, "rows"), Axis(call, "columns"), call["in_depth"], groupDepth, bias.Length, fill, PatchOutputKind.S8, call["zero_point"], call["min"], call["max"])
        { Left = PatchOutput.LeftOf(scales) };
        return Offered(node, core, operand, shape, [.. effective.Select(b => (int)b)], scales);
    }

    private static IEnumerable<Candidate> Int16(Node node, Core core, PortableCall call)
    {
        if (call.Constant<sbyte>(1) is not { } weights || call.Constant<int>(2) is not { } words)
        {
            return [];
        }

        var (isWide, scales) = (call["to.wide"] == 1, call.Scales(3));
        var bias = words.Chunk(2).Select(pair => ((long)pair[1] << 32) | (uint)pair[0]).ToArray();
        var size = weights.Length / bias.Length;
        var most = bias.Select((b, o) => Math.Abs(b) + (Row(weights, size, o).Sum(weight => Math.Abs((long)weight)) << 15)).Max();
        var raised = isWide ? Math.Max(0, PatchOutput.LeastWideShift - scales.Min(scale => scale.Shift)) : 0;
        if (most << raised > int.MaxValue || !(isWide || PatchOutput.Fits(scales)))
        {
            return [];
        }

        var shape = new PatchShape(
            call["shape.batch"], Axis(call, "shape.rows"), Axis(call, "shape.columns"), call["shape.in_depth"], call["shape.filter_depth"], call["shape.out_depth"], 0,
            isWide ? PatchOutputKind.S16Wide : PatchOutputKind.S16, 0, call["to.min"], call["to.max"])
        { Raised = raised, Left = isWide ? null : PatchOutput.LeftOf(scales) };
        return Offered(node, core, call.Input(1), shape, [.. bias.Select(b => (int)b)], scales);
    }

    private static IEnumerable<Candidate> Offered(Node node, Core core, Operand weights, PatchShape shape, IReadOnlyList<int> bias, IReadOnlyList<Requantization> scales)
    {
        var isTooLarge = shape.IsGrouped && (shape.Length > MostGroupedWeights || shape.Taps * shape.InDepth * shape.Element > MostStep);
        if (isTooLarge || new[] { shape.Rows, shape.Columns }.Any(axis => axis.Dilation > MostStep))
        {
            return [];
        }

        var table = Enumerable.Range(0, shape.Blocks).SelectMany(block => PatchOutput.TableOf(shape, bias, scales, shape.FirstRow(block)));
        return
        [
            new Candidate(
                "patch",
                [.. node.Inputs.Select(_ => Layout.RowMajor)],
                [Layout.RowMajor],
                shape.Cycles(core),
                relaid =>
                [
                    new KernelCall("patch", [], [relaid.Input, weights, ConstantOperand.Of("table", table.ToArray())], [relaid.Output], shape.Scratch)
                    {
                        Routine = PatchRoutine.Of(shape),
                        Remark = "requantized by the reference's steps; sums proved to fit 32 bits",
                    },
                ])
            {
                Scratch = shape.Scratch,
            },
        ];
    }

    private static PatchAxis Axis(PortableCall call, string axis) => new(
        call[$"{axis}.in"], call[$"{axis}.out"], call[$"{axis}.filter"], call[$"{axis}.stride"], call[$"{axis}.dilation"], call[$"{axis}.pad"]);

    private static sbyte[] Row(sbyte[] weights, int size, int row) => weights[(row * size)..((row + 1) * size)];
}
