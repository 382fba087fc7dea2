// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.FullyConnected;

/// <summary>
/// FULLY_CONNECTED of few rows with constant weights around zero and at least four inputs, whose sums stay below 2^30. No scratch, and nothing
/// to expand before the first row, which more rows would share.
/// </summary>
internal sealed class StreamedFamily : IFamily
{
    private const int FewestInputs = 4;
    private const int MostRows = 6;
    private const long LargestSum = 1 << 30;

    public IEnumerable<Candidate> Match(Node node, Core core)
    {
        if (node.Op is not Ops.FullyConnected || PortableCall.Of(node, "fully_connected_s8") is not { } call || Table(call) is not { } table)
        {
            yield break;
        }

        var shape = new StreamedShape(call["batch"], call["in_size"], call["out_size"], call["min"], call["max"]);
        yield return new Candidate(
            "fully_connected",
            [.. node.Inputs.Select(_ => Layout.RowMajor)],
            [Layout.RowMajor],
            Cycles(shape, core),
            relaid =>
            [
                new KernelCall("fully_connected", [], [relaid.Input, relaid.Inputs[1], ConstantOperand.Of("table", table)], [relaid.Output])
                {
                    Routine = StreamedRoutine.Of(shape),
                    Remark = "input unpacked beside the weights; both roundings of the reference",
                },
            ])
        {
            Variant = "input unpacked beside the weights",
            Lines = (long)shape.Batch * shape.OutSize * shape.InSize / Candidate.LineBytes,
        };
    }

    // Of each row: bias, multiplier, what is added before the shift, shift.
    private static int[]? Table(PortableCall call)
    {
        if (call["in_size"] < FewestInputs || call["out_size"] > MostRows || call["weights_zero_point"] != 0 || call["input_zero_point"] != 0
            || call.Constant<sbyte>(1) is not { } weights || call.Constant<int>(2) is not { } bias)
        {
            return null;
        }

        var table = new List<int>();
        foreach (var (row, scale) in call.Scales(3).Index())
        {
            var range = AccumulatorRange.Of(weights.AsSpan(row * call["in_size"], call["in_size"]), bias[row]);
            var rounding = (1L << (-scale.Shift - 1)) + ((long)call["zero_point"] << -scale.Shift);
            if (range.Low < -LargestSum || range.High >= LargestSum || scale.Shift >= 0 || Math.Abs(rounding) > LargestSum)
            {
                return null;
            }

            table.AddRange([bias[row], scale.Multiplier, (int)rounding, -scale.Shift]);
        }

        return [.. table];
    }

    private static long Cycles(StreamedShape shape, Core core)
    {
        var m7 = core == Core.CortexM7;
        var (input, row) = m7 ? (2.5, 3.5) : (4.0, 5.8);
        var block = (shape.Whole * (input + (row * shape.BlockRows))) + (shape.BlockRows * 15) + 40;
        return (long)(shape.Batch * shape.Blocks * block) + 60;
    }
}
