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
    private const int LargestOffset = 4095;

    public IEnumerable<Candidate> Match(Node node, Core core)
    {
        if (node.Op is not DepthwiseConv2D || PortableCall.Of(node, "depthwise_conv_2d_s8") is not { } call || Shape(call) is not { } shape)
        {
            yield break;
        }

        var (m7, channels) = (core == Core.CortexM7, shape.Channels);
        yield return new Candidate(
            "column",
            [.. node.Inputs.Select(_ => Layout.RowMajor)],
            [Layout.RowMajor],
            (channels / 4 * ((shape.Rows * (m7 ? 8 : 12)) + (m7 ? 60 : 90))) + 60,
            relaid => [Call(relaid, call, shape, core)]);
    }

    private static ColumnShape? Shape(PortableCall call)
    {
        var (rows, channels) = (call["rows.filter"] * call["columns.filter"], call["in_depth"]);
        var isWhole = call["batch"] == 1 && call["depth_multiplier"] == 1
            && call["rows.out"] == 1 && call["columns.out"] == 1
            && call["rows.in"] == call["rows.filter"] && call["columns.in"] == call["columns.filter"]
            && call["rows.pad"] == 0 && call["columns.pad"] == 0
            && (call["rows.dilation"] == 1 || call["rows.filter"] == 1) && (call["columns.dilation"] == 1 || call["columns.filter"] == 1);

        return isWhole && channels % 4 == 0 && rows <= MostRows && (rows - 1) * channels <= LargestOffset && Bias(call) is { } bias && Fits(call, bias)
            ? new ColumnShape(rows, channels, call["zero_point"], call["min"], call["max"])
            : null;
    }

    private static KernelCall Call(Node node, PortableCall call, ColumnShape shape, Core core)
    {
        var (bias, scales) = (Bias(call)!, call.Scales(3));

        // Of four channels: four biases, then for each the multiplier, how far to shift before rounding, and whether to round.
        var table = Enumerable.Range(0, shape.Channels / 4).SelectMany(block => bias.Skip(4 * block).Take(4).Select(sum => (int)sum)
            .Concat(scales.Skip(4 * block).Take(4).SelectMany(scale => new[] { scale.Multiplier, Math.Max(0, -scale.Shift - 1), scale.Shift < 0 ? 1 : 0 })));
        return new KernelCall("column", [], [node.Input, node.Inputs[1], ConstantOperand.Of("table", table.ToArray())], [node.Output])
        {
            Routine = ColumnRoutine.Of(shape, core),
        };
    }

    // The input's zero point folded in.
    private static long[]? Bias(PortableCall call) => call.Constant<sbyte>(1) is { } weights && call.Constant<int>(2) is { } bias
        ? [.. bias.Select((b, c) => b - ((long)call["input_zero_point"] * Column(weights, c, bias.Length).Sum(weight => weight)))]
        : null;

    // Twice a sum fits a word, and no scale shifts to the left.
    private static bool Fits(PortableCall call, long[] bias)
    {
        var weights = call.Constant<sbyte>(1)!;
        var ranges = bias.Select((b, c) => AccumulatorRange.Of(Column(weights, c, bias.Length), b));
        return ranges.All(range => range.Low > -(1 << 30) && range.High < 1 << 30) && call.Scales(3).All(scale => scale.Shift <= 0);
    }

    private static sbyte[] Column(sbyte[] weights, int channel, int channels) => [.. weights.Where((_, at) => at % channels == channel)];
}

/// <param name="Rows">Elements of a column.</param>
internal sealed record ColumnShape(int Rows, int Channels, int ZeroPoint, int Min, int Max)
{
    public string Name => $"column_r{Rows}_c{Channels}_z{ZeroPoint}_a{Min}_{Max}".Replace('-', 'm');
}
