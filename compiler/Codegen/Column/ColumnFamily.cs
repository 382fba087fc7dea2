// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Column;

/// <summary>
/// DEPTHWISE_CONV_2D whose only window is the whole input, as streaming networks have it: each channel is a column, and four of
/// them lie in a word.
/// </summary>
internal sealed class ColumnFamily : IFamily
{
    private const int MostRows = 64;

    public IEnumerable<Candidate> Match(Node node, Core core)
    {
        if (node.Op is not DepthwiseConv2D || PortableCall.Of(node, "depthwise_conv_2d_s8") is not { } call || Shape(call) is not { } shape
            || call.Constant<sbyte>(1) is not { } weights || Bias(call, weights) is not { } bias)
        {
            yield break;
        }

        var ranges = bias.Select((sum, c) => AccumulatorRange.Of(Column(weights, c, bias.Length), sum)).ToArray();
        if (RoundedStage.Of(ranges, call.Scales(3), call["zero_point"], call["min"], call["max"]) is not { } stage)
        {
            yield break;
        }

        var (row, block) = core == Core.CortexM7 ? (6.5, 45) : (11.5, 72);
        yield return new Candidate(
            "column",
            [.. node.Inputs.Select(_ => Layout.RowMajor)],
            [Layout.RowMajor],
            (long)(shape.Channels / 4 * ((shape.Rows * row) + block)) + 60,
            relaid => [Call(relaid, bias, stage, shape, core)]);
    }

    private static ColumnShape? Shape(PortableCall call)
    {
        var (rows, channels) = (call["rows.filter"] * call["columns.filter"], call["in_depth"]);
        var isWhole = call["batch"] == 1 && call["depth_multiplier"] == 1
            && call["rows.out"] == 1 && call["columns.out"] == 1
            && call["rows.in"] == call["rows.filter"] && call["columns.in"] == call["columns.filter"]
            && call["rows.pad"] == 0 && call["columns.pad"] == 0
            && (call["rows.dilation"] == 1 || call["rows.filter"] == 1) && (call["columns.dilation"] == 1 || call["columns.filter"] == 1);

        return isWhole && channels % 4 == 0 && rows <= MostRows && (rows - 1) * channels <= ThumbWriter.LargestOffset ? new ColumnShape(rows, channels, call["min"], call["max"]) : null;
    }

    private static KernelCall Call(Node node, long[] bias, RoundedStage stage, ColumnShape shape, Core core)
    {
        // Of four channels: four sums to start from, then the constants of each.
        var table = Enumerable.Range(0, shape.Channels / 4).SelectMany(block => bias.Skip(4 * block).Take(4).Select(sum => unchecked((int)sum))
            .Concat(stage.Channels.Skip(4 * block).Take(4).SelectMany(channel => new[] { channel.Multiplier, channel.Offset, channel.Shift })));
        return new KernelCall("column", [], [node.Input, node.Inputs[1], ConstantOperand.Of("table", table.ToArray())], [node.Output])
        {
            Routine = ColumnRoutine.Of(shape, core),
            Remark = stage.ToString(),
        };
    }

    // The input's zero point folded in.
    private static long[]? Bias(PortableCall call, sbyte[] weights) => call.Constant<int>(2) is { } bias
        ? [.. bias.Select((b, c) => b - ((long)call["input_zero_point"] * Column(weights, c, bias.Length).Sum(weight => weight)))]
        : null;

    private static sbyte[] Column(sbyte[] weights, int channel, int channels) => [.. weights.Where((_, at) => at % channels == channel)];
}

/// <param name="Rows">Elements of a column.</param>
internal sealed record ColumnShape(int Rows, int Channels, int Min, int Max)
{
    public string Name => $"column_r{Rows}_c{Channels}_a{Min}_{Max}".Replace('-', 'm');
}
