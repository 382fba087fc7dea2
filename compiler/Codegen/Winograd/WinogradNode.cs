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
    private const int LargestColumns = 90;
    private const int LeastOutputs = 4;
    private const uint AllTops = 0x80808080;

    private readonly PortableCall _call;
    private readonly WinogradTile _tile;
    private readonly sbyte[] _weights;
    private readonly int[] _bias;
    private readonly OutputStage _stage;

    private WinogradNode(PortableCall call, WinogradTile tile, sbyte[] weights, int[] bias, OutputStage stage) =>
        (_call, _tile, _weights, _bias, _stage) = (call, tile, weights, bias, stage);

    public static WinogradNode? Of(PortableCall call, WinogradTile tile)
    {
        var depth = call["in_depth"];
        bool Is(string field, int value) => call[$"rows.{field}"] == value && call[$"columns.{field}"] == value;
        if (!Is("filter", 3) || !Is("stride", 1) || !Is("dilation", 1) || call["batch"] != 1 || call["filter_depth"] != depth
            || depth % 4 != 0 || depth is < LeastDepth or > LargestDepth || call["out_depth"] < LeastOutputs
            || call["rows.out"] < tile.Outputs || call["columns.out"] < tile.Outputs || call["columns.out"] > LargestColumns
            || (call["columns.out"] + WinogradTile.SharedRows) * depth > ThumbWriter.LargestOffset
            || call.Constant<sbyte>(1) is not { } weights || call.Constant<int>(2) is not { } bias)
        {
            return null;
        }

        var kernel = weights.Length / bias.Length;
        var effective = bias.Select((b, o) => b - ((long)call["input_zero_point"] * weights.AsSpan(o * kernel, kernel).ToArray().Sum(weight => weight))).ToArray();
        AccumulatorRange[] ranges = [.. effective.Select((b, o) => AccumulatorRange.Of(weights.AsSpan(o * kernel, kernel), b))];
        var stage = OutputStage.Search(ranges, call.Scales(3), call["zero_point"], call["min"], call["max"]);
        return stage is null ? null : new WinogradNode(call, tile, weights, [.. effective.Select(b => unchecked((int)b))], stage);
    }

    /// <summary>True when outputs can be stored over the input, by a shape that keeps rows.</summary>
    public bool FitsOverInput => _call["in_depth"] == _call["out_depth"] && _call["rows.pad"] == 1
        && _call["rows.in"] == _call["rows.out"] && _call["columns.in"] == _call["columns.out"];

    /// <summary>All ways to compute it: the more rows of tiles in a pass, the less work with weights and the more scratch.</summary>
    public IEnumerable<WinogradShape> Shapes(Layout input) =>
        from expands in new[] { false, true }
        let rows = Shape(input, expands, passRows: 1).TileRows
        from passRows in Enumerable.Range(1, rows)
        where rows % passRows == 0
        let shape = Shape(input, expands, passRows)
        where !expands || WinogradExpansion.Serves(shape)
        select shape;

    private WinogradShape Shape(Layout input, bool expands, int passRows)
    {
        var (depth, rows, columns) = (_call["in_depth"], _call["rows.out"], _call["columns.out"]);
        var window = Strip.Of(_call, _tile.Points, _tile.Outputs, depth, (columns + WinogradTile.SharedRows) * depth);
        window = window with { Flip = input == Layout.Msi ? AllTops ^ MixedSigns.EvenTops : AllTops, Padding = window.Padding ^ AllTops };
        return new WinogradShape(_tile, depth, _call["out_depth"], rows, columns, window, _stage, expands, passRows);
    }

    public KernelCall Call(Node node, WinogradShape shape, Core core) => new(
        "winograd",
        [],
        [
            node.Input,
            shape.Expands ? node.Inputs[1] : WinogradWeights.Of(_weights, shape),
            ConstantOperand.Of("table", Table(shape)),
            ConstantOperand.Of("tiles", WinogradTiles.Of(shape)),
        ],
        [node.Output],
        shape.Scratch)
    {
        Routine = WinogradRoutine.Of(shape, core),
        Remark = $"{_tile.Name}, {shape.WeightsText}; {_stage}",
    };

    private int[] Table(WinogradShape shape)
    {
        var kernel = _weights.Length / shape.OutDepth;
        return
        [
            .. from block in Enumerable.Range(0, shape.Blocks)
               from channel in Enumerable.Range(Math.Min(block * shape.BlockChannels, shape.OutDepth - shape.BlockChannels), shape.BlockChannels)
               let sum = _weights.AsSpan(channel * kernel, kernel).ToArray().Sum(weight => weight)
               from constant in WinogradOutput.TableOf(_stage, channel, unchecked(256 * (_bias[channel] - (128 * sum))))
               select constant,
        ];
    }
}
