// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Patch;

/// <summary>
/// Convolutions and matrix products of int16 elements, and those convolutions of int8 that the faster families cannot serve, because
/// their sums are too large to be scaled or their weights are extreme.
/// </summary>
internal sealed class PatchFamily : IFamily
{
    private const int MostStep = 4000;

    public IEnumerable<Candidate> Match(Node node, Core core)
    {
        if (node.Op is Conv2D && PortableCall.Of(node, "conv_2d_s8") is { } bytes)
        {
            return Int8(node, bytes);
        }

        return node.Op is Conv2D or Ops.FullyConnected && PortableCall.Of(node, "conv_2d_s16") is { } halves ? Int16(node, halves) : [];
    }

    private static IEnumerable<Candidate> Int8(Node node, PortableCall call)
    {
        if (call.Constant<sbyte>(1) is not { } weights || call.Constant<int>(2) is not { } bias || call["filter_depth"] != call["in_depth"])
        {
            return [];
        }

        var (size, scales, zeroPoint) = (weights.Length / bias.Length, call.Scales(3), call["input_zero_point"]);
        var effective = bias.Select((b, o) => b - (zeroPoint * Row(weights, size, o).Sum(weight => (long)weight))).ToArray();
        var ranges = effective.Select((b, o) => AccumulatorRange.Of(Row(weights, size, o), b)).ToArray();
        var isServed = ranges.All(range => range.FitsScaled) && !weights.Contains(sbyte.MinValue) && call["rows.dilation"] == 1 && call["columns.dilation"] == 1;
        if (isServed || !ranges.All(range => range.FitsWord) || !scales.All(scale => scale.Shift < 0))
        {
            return [];
        }

        var fill = unchecked((byte)zeroPoint * 0x01010101);
        var shape = new PatchShape(
            call["batch"], Axis(call, "rows"), Axis(call, "columns"), call["in_depth"], call["out_depth"], fill, PatchOutputKind.S8, call["zero_point"], call["min"], call["max"]);
        return Offered(node, shape, [.. effective.Select(b => (int)b)], scales);
    }

    private static IEnumerable<Candidate> Int16(Node node, PortableCall call)
    {
        if (call.Constant<sbyte>(1) is not { } weights || call.Constant<int>(2) is not { } words || call["shape.filter_depth"] != call["shape.in_depth"])
        {
            return [];
        }

        var (isWide, scales) = (call["to.wide"] == 1, call.Scales(3));
        var bias = words.Chunk(2).Select(pair => ((long)pair[1] << 32) | (uint)pair[0]).ToArray();
        var size = weights.Length / bias.Length;
        var fits = bias.Select((b, o) => Math.Abs(b) + (Row(weights, size, o).Sum(weight => Math.Abs((long)weight)) << 15)).All(most => most <= int.MaxValue);
        if (!fits || !scales.All(scale => isWide ? scale.Shift >= PatchOutput.LeastWideShift : scale.Shift < 0))
        {
            return [];
        }

        var shape = new PatchShape(
            call["shape.batch"], Axis(call, "shape.rows"), Axis(call, "shape.columns"), call["shape.in_depth"], call["shape.out_depth"], 0,
            isWide ? PatchOutputKind.S16Wide : PatchOutputKind.S16, 0, call["to.min"], call["to.max"]);
        return Offered(node, shape, [.. bias.Select(b => (int)b)], scales);
    }

    private static IEnumerable<Candidate> Offered(Node node, PatchShape shape, IReadOnlyList<int> bias, IReadOnlyList<Requantization> scales)
    {
        if (new[] { shape.Rows, shape.Columns }.Any(axis => axis.Dilation > MostStep))
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
                shape.Cycles,
                relaid =>
                [
                    new KernelCall("patch", [], [relaid.Input, relaid.Inputs[1], ConstantOperand.Of("table", table.ToArray())], [relaid.Output], shape.Scratch)
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
