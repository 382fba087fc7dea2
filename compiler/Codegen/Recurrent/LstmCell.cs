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

    private const long LargestRounding = 1 << 30;
    private const int Half = 1 << 30;

    private LstmCell(PortableCall call, IReadOnlyList<Requantization> scales)
    {
        Scales = scales;
        (Rows, OutRows, Inputs, Units) = (call["rows"], call["out_rows"], call["in_size"], call["units"]);
        (HiddenZeroPoint, CellClip) = (call["hidden_zero_point"], call["cell_clip"]);
        (TanhMultiplier, TanhShift) = (call["tanh_multiplier"], call["tanh_shift"]);
    }

    public int Rows { get; }

    /// <summary>Rows, or 1: that of each row takes the place of the one before.</summary>
    public int OutRows { get; }

    public int Inputs { get; }

    public int Units { get; }

    public int InputGroups => (Inputs + 3) / 4;

    public int UnitGroups => (Units + 3) / 4;

    /// <summary>Of a unit, its biases and weights of the input.</summary>
    public int InputBytes => LstmSums.WeightBytes(InputGroups);

    /// <summary>The same of h.</summary>
    public int HiddenBytes => LstmSums.WeightBytes(UnitGroups);

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

    /// <summary>Null where sums are not shifted, or scales are not those of a cell whose scale is a power of two.</summary>
    public static LstmCell? Of(PortableCall call)
    {
        Requantization[] scales = [.. call.Constant<int>(2)!.Chunk(2).Select(pair => new Requantization(pair[0], pair[1]))];
        return call["batch"] == 1 && call["sum_shift"] == LstmWeights.Shift
            && scales.Take(2 * Gates).All(scale => scale.Shift <= 7)
            && scales[Keep] == new Requantization(Half, -14) && scales[Added] is { Multiplier: Half, Shift: < 0 and > -30 }
            && scales[Hidden].Shift < 0 && Math.Abs(Rounding(scales[Hidden], call["hidden_zero_point"])) <= LargestRounding
            && call["tanh_multiplier"] <= 3 << 13
                ? new LstmCell(call, scales)
                : null;
    }

    private static long Rounding(Requantization scale, int zeroPoint) => (1L << (-scale.Shift - 1)) + ((long)zeroPoint << -scale.Shift);
}
