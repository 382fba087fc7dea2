// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Depthwise;

/// <summary>A depthwise convolution that the family serves: its arithmetic, and its shape in the layouts of its input and output.</summary>
internal sealed class DepthwiseNode
{

    private readonly PortableCall _call;
    private readonly int[] _sums;
    private readonly int[] _unsignedSums;
    private readonly IReadOnlyList<Requantization> _scales;
    private readonly OutputStage? _stage;
    private readonly RoundedStage? _rounded;

    private DepthwiseNode(PortableCall call, sbyte[] weights, int[] bias)
    {
        _call = call;
        _scales = call.Scales(3);
        var channels = bias.Length;
        var ofChannel = Enumerable.Range(0, channels).Select(c => weights.Where((_, at) => at % channels == c).ToArray()).ToArray();
        var effective = ofChannel.Select((own, c) => bias[c] - ((long)call["input_zero_point"] * own.Sum(weight => weight))).ToArray();
        _sums = [.. effective.Select(sum => unchecked((int)sum))];
        _unsignedSums = [.. effective.Select((sum, c) => unchecked((int)(sum - (128L * ofChannel[c].Sum(weight => weight)))))];
        AccumulatorRange[] ranges = [.. effective.Select((sum, c) => AccumulatorRange.Of(ofChannel[c], sum))];
        _stage = OutputStage.Search(ranges, _scales, call["zero_point"], call["min"], call["max"], withFix: false);
        _rounded = _stage is null ? RoundedStage.Of(ranges, _scales, call["zero_point"], call["min"], call["max"]) : null;
    }

    /// <summary>Null when it is outside the family.</summary>
    public static DepthwiseNode? Of(PortableCall call)
    {
        var (rows, columns) = Axes(call);
        return call["batch"] == 1
            && call.Constant<sbyte>(1) is { } weights && call.Constant<int>(2) is { } bias
            && (columns.Plane + 8L) * DepthwiseShape.SampleBytes * ((2L * rows.Stride) + ((long)rows.Filter * rows.Dilation)) <= ThumbWriter.LargestOffset
                ? new DepthwiseNode(call, weights, bias)
                : null;
    }

    public DepthwiseShape Shape(Layout input, Layout output)
    {
        var (rows, columns) = Axes(_call);
        return new DepthwiseShape(
            rows,
            columns,
            _sums.Length,
            _call["depth_multiplier"],
            input == Layout.Msi,
            output == Layout.Msi,
            _stage,
            _rounded,
            _call["input_zero_point"],
            _call["zero_point"],
            _call["min"],
            _call["max"])
        { IsPlanar = input == Layout.Planar };
    }

    public KernelCall Call(Node node, DepthwiseShape shape, Core core)
    {
        var table = Enumerable.Range(0, shape.Channels).SelectMany(c =>
            DepthwiseOutput.TableOf(shape, c, shape.UnsignedInput && c % 2 == 0 ? _unsignedSums[c] : _sums[c], _scales[c]));
        return new KernelCall(
            "depthwise",
            [],
            [node.Input, node.Inputs[1], ConstantOperand.Of("table", table.ToArray())],
            [node.Output],
            shape.Scratch)
        {
            Routine = DepthwiseRoutine.Of(shape, core),
            Remark = _stage?.ToString() ?? _rounded?.ToString() ?? "double rounding",
        };
    }

    // A single column is the same in memory as a single row, along which taps are cheaper.
    private static (DepthwiseAxis Rows, DepthwiseAxis Columns) Axes(PortableCall call)
    {
        var (rows, columns) = (DepthwiseAxis.Of(call, "rows"), DepthwiseAxis.Of(call, "columns"));
        return columns is { Plane: 1, Filter: 1, Out: 1 } && rows.Plane > 1 ? (columns, rows) : (rows, columns);
    }
}
