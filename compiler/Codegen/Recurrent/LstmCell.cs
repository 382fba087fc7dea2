// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Recurrent;

/// <summary>The numbers of an LSTM that its generated code depends on, read from the portable kernel's call.</summary>
internal sealed class LstmCell
{
    public const int Gates = 4;

    /// <summary>In enum ti_lstm_scale.</summary>
    private const int Keep = 8;
    private const int Added = 9;
    private const int Hidden = 10;

    private const long LargestSum = 1 << 23;
    private const long LargestRounding = 1 << 30;
    private const int Half = 1 << 30;

    private LstmCell(PortableCall call, IReadOnlyList<Requantization> scales, LstmWeights weights)
    {
        (Weights, Scales) = (weights, scales);
        (Rows, OutRows, Inputs, Units) = (call["rows"], call["out_rows"], call["in_size"], call["units"]);
        (HiddenZeroPoint, CellClip) = (call["hidden_zero_point"], call["cell_clip"]);
        (TanhMultiplier, TanhShift) = (call["tanh_multiplier"], call["tanh_shift"]);
    }

    public LstmWeights Weights { get; }

    public int Rows { get; }

    /// <summary>Rows, or 1: that of each row takes the place of the one before.</summary>
    public int OutRows { get; }

    public int Inputs { get; }

    public int Units { get; }

    public int InputGroups => (Inputs + 3) / 4;

    public int UnitGroups => (Units + 3) / 4;

    /// <summary>In the order of enum ti_lstm_scale.</summary>
    public IReadOnlyList<Requantization> Scales { get; }

    public Requantization HiddenScale => Scales[Hidden];

    /// <summary>i * g is divided by two to the power of this.</summary>
    public int AddedShift => 1 - Scales[Added].Shift;

    public int HiddenZeroPoint { get; }

    public int CellClip { get; }

    public int TanhMultiplier { get; }

    public int TanhShift { get; }

    /// <summary>What is added before h is shifted: half of its last bit, and the zero point.</summary>
    public int HiddenRounding => (int)Rounding(HiddenScale, HiddenZeroPoint);

    /// <summary>Says everything that the code depends on but for the rows that it takes at once.</summary>
    public string Name =>
        $"lstm_r{Rows}{(OutRows < Rows ? "l" : "")}_i{Inputs}_u{Units}_s{string.Join('_', Scales.Select(scale => $"{scale.Multiplier}x{scale.Shift}"))}_z{HiddenZeroPoint}_c{CellClip}_t{TanhMultiplier}_{TanhShift}"
            .Replace('-', 'm');

    /// <summary>Null where sums may exceed 2^23, scales are not those of a cell whose scale is a power of two, or a weight is -128.</summary>
    public static LstmCell? Of(PortableCall call)
    {
        var (input, recurrent, bias) = (call.Constant<sbyte>(1)!, call.Constant<sbyte>(2)!, call.Constant<int>(3)!);
        Requantization[] scales = [.. call.Constant<int>(4)!.Chunk(2).Select(pair => new Requantization(pair[0], pair[1]))];
        var (inputs, units) = (call["in_size"], call["units"]);

        bool Small(sbyte[] rows, int size, int first) => Enumerable.Range(0, Gates * units).All(row =>
            (128L * rows.AsSpan(row * size, size).ToArray().Sum(weight => Math.Abs((long)weight))) + Math.Abs((long)bias[first + row]) < LargestSum);

        return call["batch"] == 1
            && !input.Contains(sbyte.MinValue) && !recurrent.Contains(sbyte.MinValue)
            && Small(input, inputs, 0) && Small(recurrent, units, Gates * units)
            && scales.Take(2 * Gates).All(scale => scale.Shift <= 7)
            && scales[Keep] == new Requantization(Half, -14) && scales[Added] is { Multiplier: Half, Shift: < 0 and > -30 }
            && scales[Hidden].Shift < 0 && Math.Abs(Rounding(scales[Hidden], call["hidden_zero_point"])) <= LargestRounding
            && call["tanh_multiplier"] <= 3 << 13
                ? new LstmCell(call, scales, new LstmWeights(inputs, units, input, recurrent, bias))
                : null;
    }

    private static long Rounding(Requantization scale, int zeroPoint) => (1L << (-scale.Shift - 1)) + ((long)zeroPoint << -scale.Shift);
}
