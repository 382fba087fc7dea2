// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Recurrent;

/// <summary>
/// The constants of an LSTM as its generated code wants them. Four weights w0..w3 lie in a word whose even bytes are 128 larger and
/// unsigned. With X = (x1, x3) and Y = (256 x0 - x1 + 127, 256 x2 - x3 + 127), which both fit into 16 bits whatever the inputs,
/// <code>
///   (high and low half of the word) . X        = 256 (w1 x1 + w3 x3) + (w0 + 128) x1 + (w2 + 128) x3
///   (w0 + 128, w2 + 128) . Y                   = 256 ((w0 + 128) x0 + (w2 + 128) x2) - (w0 + 128) x1 - (w2 + 128) x3 + 127 (w0 + w2 + 256)
/// </code>
/// add up to 256 times the product of the four, plus 2^15 (x0 + x2), which the code takes off for all units at once, plus what
/// depends on weights only and is taken off the bias. So a word of weights costs three instructions. Sums are numbers modulo 2^32, and right
/// where the true one is below 2^23.
/// </summary>
internal sealed class LstmCell
{
    public const int Gates = 4;
    private const long LargestSum = 1 << 23;
    private readonly sbyte[] _weights;
    private readonly sbyte[] _recurrent;
    private readonly int[] _bias;

    private LstmCell(PortableCall call, sbyte[] weights, sbyte[] recurrent, int[] bias, IReadOnlyList<Requantization> scales)
    {
        (_weights, _recurrent, _bias, Scales) = (weights, recurrent, bias, scales);
        (Rows, Inputs, Units) = (call["rows"], call["in_size"], call["units"]);
        (HiddenZeroPoint, CellClip) = (call["hidden_zero_point"], call["cell_clip"]);
        (TanhMultiplier, TanhShift) = (call["tanh_multiplier"], call["tanh_shift"]);
    }

    public int Rows { get; }

    public int Inputs { get; }

    public int Units { get; }

    public int InputGroups => (Inputs + 3) / 4;

    public int UnitGroups => (Units + 3) / 4;

    /// <summary>In the order of enum ti_lstm_scale.</summary>
    public IReadOnlyList<Requantization> Scales { get; }

    public int HiddenZeroPoint { get; }

    public int CellClip { get; }

    public int TanhMultiplier { get; }

    public int TanhShift { get; }

    /// <summary>Says everything that the code depends on.</summary>
    public string Name =>
        $"lstm_r{Rows}_i{Inputs}_u{Units}_s{string.Join('_', Scales.Select(scale => $"{scale.Multiplier}x{scale.Shift}"))}_z{HiddenZeroPoint}_c{CellClip}_t{TanhMultiplier}_{TanhShift}"
            .Replace('-', 'm');

    public static LstmCell? Of(PortableCall call)
    {
        var (weights, recurrent, bias) = (call.Constant<sbyte>(1)!, call.Constant<sbyte>(2)!, call.Constant<int>(3)!);
        Requantization[] scales = [.. call.Constant<int>(4)!.Chunk(2).Select(pair => new Requantization(pair[0], pair[1]))];
        var units = call["units"];

        bool Small(sbyte[] rows, int size, int first) => Enumerable.Range(0, Gates * units).All(row =>
            (128L * rows.AsSpan(row * size, size).ToArray().Sum(weight => Math.Abs((long)weight))) + Math.Abs((long)bias[first + row]) < LargestSum);

        return call["batch"] == 1
            && Small(weights, call["in_size"], 0) && Small(recurrent, units, Gates * units)
            && scales.Take(2 * Gates).All(scale => scale.Shift <= 7) && scales.Skip(2 * Gates).All(scale => scale.Shift < 0)
                ? new LstmCell(call, weights, recurrent, bias, scales)
                : null;
    }

    public KernelCall Call(Node node, Core core)
    {
        var portable = node.Op.Lower(node)[0];
        return new KernelCall(
            "lstm",
            [],
            [
                portable.Inputs[0],
                ConstantOperand.Of("weights", Packed(_weights, Inputs)),
                ConstantOperand.Of("recurrent", Packed(_recurrent, Units)),
                ConstantOperand.Of("bias", Biases()),
                SigmoidSteps(),
                portable.Inputs[6],
                portable.Inputs[7],
            ],
            portable.Outputs,
            Scratch: 8 * (InputGroups + UnitGroups))
        {
            Routine = LstmRoutine.Of(this, core),
        };
    }

    // For each unit and group of four inputs a word of each gate.
    private sbyte[] Packed(sbyte[] rows, int size)
    {
        var groups = (size + 3) / 4;
        var packed = new sbyte[Units * groups * Gates * 4];
        for (var at = 0; at < packed.Length; at++)
        {
            var (unit, group, gate, i) = (at / (16 * groups), at / 16 % groups, at / 4 % Gates, at % 4);
            var weight = (4 * group) + i < size ? rows[(((unit * Gates) + gate) * size) + (4 * group) + i] : (sbyte)0;
            packed[at] = i % 2 == 0 ? (sbyte)(weight ^ sbyte.MinValue) : weight;
        }

        return packed;
    }

    // For each unit four of the input and four of h.
    private int[] Biases()
    {
        var biases = new int[2 * Gates * Units];
        for (var row = 0; row < Gates * Units; row++)
        {
            var at = (row / Gates * 2 * Gates) + (row % Gates);
            biases[at] = Scaled(_weights, Inputs, row, _bias[row]);
            biases[at + Gates] = Scaled(_recurrent, Units, row, _bias[(Gates * Units) + row]);
        }

        return biases;
    }

    private static int Scaled(sbyte[] rows, int size, int row, int bias)
    {
        var even = Enumerable.Range(0, (size + 3) / 4 * 2).Sum(i => 128 + (2 * i < size ? rows[(row * size) + (2 * i)] : 0));
        return unchecked((256 * bias) - (127 * even));
    }

    // The table of ti_sigmoid.h with the step to the next entry in the high half.
    private static ConstantOperand SigmoidSteps()
    {
        var entries = SigmoidTable.Entries();
        return ConstantOperand.Of("sigmoid", [.. entries.Index().Select(entry => entry.Item | ((entry.Index + 1 < entries.Length ? entries[entry.Index + 1] - entry.Item : 0) << 16))]);
    }
}
