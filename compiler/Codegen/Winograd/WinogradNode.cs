// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using TinyInfer.Compiler.Codegen.Convolution;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Winograd;

/// <summary>A 3x3 convolution of stride 1 that the family serves.</summary>
internal sealed class WinogradNode
{
    private const int LeastDepth = 8;
    private const int LargestDepth = 200;
    private const int LargestExpanded = 100;
    private const int LargestColumns = 90;
    private const int LargestRowBytes = 4095;
    private const uint AllTops = 0x80808080;

    private readonly PortableCall _call;
    private readonly sbyte[] _weights;
    private readonly int[] _bias;
    private readonly OutputStage _stage;

    private WinogradNode(PortableCall call, sbyte[] weights, int[] bias, OutputStage stage) => (_call, _weights, _bias, _stage) = (call, weights, bias, stage);

    public static WinogradNode? Of(PortableCall call)
    {
        var depth = call["in_depth"];
        bool Is(string field, int value) => call[$"rows.{field}"] == value && call[$"columns.{field}"] == value;
        if (!Is("filter", 3) || !Is("stride", 1) || !Is("dilation", 1) || call["batch"] != 1 || call["filter_depth"] != depth
            || depth % 4 != 0 || depth is < LeastDepth or > LargestDepth || call["out_depth"] < WinogradShape.BlockChannels
            || call["rows.out"] < WinogradShape.Tile || call["columns.out"] is < WinogradShape.Tile or > LargestColumns
            || (call["columns.out"] + 2) * depth > LargestRowBytes
            || call.Constant<sbyte>(1) is not { } weights || call.Constant<int>(2) is not { } bias)
        {
            return null;
        }

        var kernel = weights.Length / bias.Length;
        var effective = bias.Select((b, o) => b - ((long)call["input_zero_point"] * weights.AsSpan(o * kernel, kernel).ToArray().Sum(weight => weight))).ToArray();
        AccumulatorRange[] ranges = [.. effective.Select((b, o) => AccumulatorRange.Of(weights.AsSpan(o * kernel, kernel), b))];
        var stage = OutputStage.Search(ranges, call.Scales(3), call["zero_point"], call["min"], call["max"]);
        return stage is null ? null : new WinogradNode(call, weights, [.. effective.Select(b => unchecked((int)b))], stage);
    }

    /// <summary>The transform on the device is made for few channels.</summary>
    public bool CanExpand => _call["in_depth"] <= LargestExpanded;

    /// <summary>True when outputs can be stored over the input, by a shape that keeps rows.</summary>
    public bool FitsOverInput => _call["in_depth"] == _call["out_depth"] && _call["rows.pad"] == 1
        && _call["rows.in"] == _call["rows.out"] && _call["columns.in"] == _call["columns.out"];

    /// <summary>In which passes weights can be transformed on the device: the more rows at once, the fewer cycles and the more scratch.</summary>
    public IEnumerable<int> PassRows()
    {
        var shape = Shape(Layout.RowMajor, expands: true, passRows: 1);
        return Enumerable.Range(1, shape.KeepsRows ? shape.TileRows : 1).Where(rows => shape.TileRows % rows == 0);
    }

    /// <param name="expands">True when weights are transformed on the device.</param>
    public WinogradShape Shape(Layout input, bool expands, int passRows)
    {
        var (depth, rows, columns) = (_call["in_depth"], _call["rows.out"], _call["columns.out"]);
        var tileRows = (rows + WinogradShape.Tile - 1) / WinogradShape.Tile;
        var rowBytes = (columns + 2) * depth;
        var left = Math.Min(_call["columns.pad"] * depth, rowBytes);
        var copied = Math.Min(_call["columns.in"] * depth, rowBytes - left);

        var window = new Strip(
            WinogradShape.Points,
            -_call["rows.pad"],
            WinogradShape.Tile,
            (tileRows * WinogradShape.Tile) - rows,
            _call["rows.in"],
            _call["columns.in"] * depth,
            left,
            copied,
            rowBytes - left - copied,
            input == Layout.Msi ? AllTops ^ Group.EvenTops : AllTops,
            ((uint)(byte)_call["input_zero_point"] * 0x01010101) ^ AllTops,
            Widens: false);
        return new WinogradShape(depth, _call["out_depth"], rows, columns, window, _stage, expands, passRows);
    }

    public KernelCall Call(Node node, WinogradShape shape, Core core) => new(
        "winograd",
        [],
        [node.Input, shape.Expands ? node.Inputs[1] : WinogradWeights.Of(_weights, shape.OutDepth, shape.Depth), ConstantOperand.Of("table", Table(shape))],
        [node.Output],
        shape.Scratch)
    {
        Routine = WinogradRoutine.Of(shape, core),
        Remark = $"F(4x4, 3x3), {shape.WeightsText}; {_stage}",
    };

    private int[] Table(WinogradShape shape)
    {
        var kernel = _weights.Length / shape.OutDepth;
        return
        [
            .. from block in Enumerable.Range(0, shape.Blocks)
               from channel in Enumerable.Range(Math.Min(block * WinogradShape.BlockChannels, shape.OutDepth - WinogradShape.BlockChannels), WinogradShape.BlockChannels)
               let sum = _weights.AsSpan(channel * kernel, kernel).ToArray().Sum(weight => weight)
               from constant in WinogradOutput.TableOf(_stage, channel, unchecked(256 * (_bias[channel] - (128 * sum))))
               select constant,
        ];
    }
}
