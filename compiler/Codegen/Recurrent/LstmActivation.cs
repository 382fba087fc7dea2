// SPDX-License-Identifier: MIT
using System.Numerics;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Recurrent;

/// <summary>
/// What a unit does with its sums, the formulas of ti_lstm.h. The first rounding of the reference, floor((x * m + 2^30) / 2^31), is SMMLAR
/// of 2x and m; the second one, to the right with halves away from zero, adds half of the last bit, less 1 where x is negative.
/// </summary>
internal sealed class LstmActivation(ThumbWriter w, LstmCell cell)
{
    /// <summary>Bits by which sums are larger than the true ones.</summary>
    private const int SumBits = 8;

    private static readonly Fp HiddenMultiplier = S(8);
    private static readonly Fp HiddenRounding = S(9);
    private static readonly Fp AddedRounding = S(10);
    private static readonly Fp Factors = S(11);
    private static readonly Fp Lines = S(12);
    private static readonly Fp Slopes = S(13);

    /// <summary>Constants into s0-s13; r4 holds <see cref="SigmoidLines"/> and is lost, as is r5.</summary>
    public void Start()
    {
        w.Add(R(5), R(4), SigmoidLines.BaseOffset, R(5));
        w.Vmov(Lines, R(5));
        w.Add(R(5), R(4), SigmoidLines.SlopeOffset, R(5));
        w.Vmov(Slopes, R(5));

        // What brings Q3.12 to the argument of a logistic, and to twice that of tanh.
        Keep(Factors, 3 | (6 << 16));
        foreach (var (index, scale) in cell.Scales.Take(2 * LstmCell.Gates).Index())
        {
            Keep(S(index), scale.Multiplier);
        }

        Keep(HiddenMultiplier, cell.HiddenScale.Multiplier);
        Keep(HiddenRounding, cell.HiddenRounding);
        Keep(AddedRounding, (1 << (cell.AddedShift - 1)) + 1);
    }

    /// <summary>Sums in r0-r3 become saturate16(requantize(sum / 256)), each by one of s0-s7.</summary>
    public void Rescale(params IReadOnlyList<int> scales)
    {
        var right = scales.Select(scale => Math.Max(-cell.Scales[scale].Shift, 0)).ToArray();
        var multipliers = scales.Select(scale => R(4 + scales.Index().First(other => other.Item == scale).Index)).ToArray();
        Reg[] rounding = [R(8), R(9), R(11), R(12)];
        foreach (var (scale, multiplier) in scales.Zip(multipliers).Distinct())
        {
            w.Vmov(multiplier, S(scale));
        }

        // Times two, and times 2^shift where that is to the left.
        foreach (var (i, scale) in scales.Index())
        {
            if (SumBits - 1 - Math.Max(cell.Scales[scale].Shift, 0) is > 0 and var bits)
            {
                w.Asr(R(i), R(i), bits);
            }
        }

        foreach (var i in Enumerable.Range(0, scales.Count).Where(i => right[i] > 0))
        {
            if (i == 0 || right[i] != right[i - 1])
            {
                w.Constant(R(14), 1 << (right[i] - 1));
            }

            w.AddAsr(rounding[i], R(14), R(i), 31);
        }

        for (var i = 0; i < scales.Count; i++)
        {
            if (right[i] > 0)
            {
                w.Smmlar(R(i), R(i), multipliers[i], rounding[i]);
            }
            else
            {
                w.Smmulr(R(i), R(i), multipliers[i]);
            }
        }

        for (var i = 0; i < scales.Count; i++)
        {
            w.Sat16(R(i), right[i]);
        }
    }

    /// <summary>From input and forget gate in r0, cell and output gate in r2, to what they are after logistic and tanh, in r4-r7.</summary>
    public void Gates()
    {
        w.Vmov(R(8), Factors);
        w.Vmov(R(12), Lines);
        w.Vmov(R(14), Slopes);
        w.SmulHalves(R(6), R(2), false, R(8), true);
        w.SmulHalves(R(4), R(0), false, R(8), false);
        w.SmulHalves(R(5), R(0), true, R(8), false);
        w.SmulHalves(R(7), R(2), true, R(8), false);
        w.Saturate(R(6), SigmoidLines.CellBits + 9);
        for (var gate = 0; gate < LstmCell.Gates; gate++)
        {
            w.Asr(R(gate), R(4 + gate), SigmoidLines.CellBits);
        }

        Reg[] lines = [R(8), R(9), R(11), R(12)];
        for (var gate = 0; gate < LstmCell.Gates; gate++)
        {
            w.LdrWord(lines[gate], R(12), R(gate));
        }

        for (var gate = 0; gate < LstmCell.Gates; gate++)
        {
            w.EorSign(R(gate), R(gate));
        }

        for (var gate = 0; gate < LstmCell.Gates; gate++)
        {
            w.LdrHalf(R(gate), R(14), R(gate));
        }

        for (var gate = 0; gate < LstmCell.Gates; gate++)
        {
            w.Mla(R(4 + gate), R(4 + gate), R(gate), lines[gate]);
        }

        w.SubImmediate(R(6), R(6), SigmoidLines.TanhOffset);
        w.Asr(R(4), R(4), 10);
        w.Asr(R(5), R(5), 10);
        w.Asr(R(6), R(6), 9);
        w.Asr(R(7), R(7), 10);
    }

    /// <summary>
    /// From there to the new h in r1; the state at <paramref name="state"/>, which moves on. A product p shifted to the right by n alone,
    /// the multiplier being one half, is (p + 2^(n-1) + 1) >> n, with - 1 where p is negative: as that of the factor with a sign.
    /// </summary>
    public void Cell(Fp state)
    {
        w.Vmov(R(11), state);
        w.Vmov(R(12), Lines);
        w.Vmov(R(3), AddedRounding);
        w.Ldrsh(R(0), R(11), 0);
        w.Constant(R(8), (1 << 14) + 1);
        w.Asr(R(2), R(6), 31);
        w.Asr(R(1), R(0), 31);
        w.Add(R(3), R(3), R(2), 1);
        w.Add(R(8), R(8), R(1), 1);
        w.Smlabb(R(3), R(4), R(6), R(3));
        w.Smlabb(R(0), R(5), R(0), R(8));
        if (cell.AddedShift < 15)
        {
            w.Sat16(R(3), cell.AddedShift);
        }
        else
        {
            w.Asr(R(3), R(3), cell.AddedShift);
        }

        w.AddAsr(R(0), R(3), R(0), 15);
        w.Sat16(R(0));
        Clip();
        w.StrhThenAdd(R(0), R(11), 2);
        w.Vmov(state, R(11));

        Argument();
        w.Asr(R(2), R(1), SigmoidLines.CellBits);
        w.EorSign(R(4), R(2));
        w.Vmov(R(3), HiddenMultiplier);
        w.Vmov(R(8), HiddenRounding);
        w.LdrWord(R(0), R(12), R(2));
        w.LdrHalf(R(2), R(14), R(4));
        w.Mla(R(1), R(1), R(2), R(0));
        w.SubImmediate(R(1), R(1), SigmoidLines.TanhOffset);
        w.Asr(R(1), R(1), 9);
        w.SmulHalves(R(1), R(1), false, R(7), false);
        w.AddAsr(R(8), R(8), R(1), 31);
        w.Lsl(R(1), R(1), 1);
        w.Smmlar(R(1), R(1), R(3), R(8));
        w.Sat8(R(1), unsigned: false, -cell.HiddenScale.Shift);
    }

    private void Keep(Fp place, int number)
    {
        w.Constant(R(5), number);
        w.Vmov(place, R(5));
    }

    private void Clip()
    {
        if (cell.CellClip <= short.MaxValue)
        {
            w.Constant(R(1), cell.CellClip);
            w.LimitBoth(R(0), R(1));
        }
    }

    // Twice 3 * 2^k times the state, or twice three times the state shifted to the right.
    private void Argument()
    {
        w.Add(R(1), R(0), R(0), 1);
        if (cell.TanhShift > 0)
        {
            w.Add(R(1), R(1), 1 << (cell.TanhShift - 1), R(2));
            w.Asr(R(1), R(1), cell.TanhShift);
        }

        w.Saturate(R(1), SigmoidLines.CellBits + 9, BitOperations.Log2((uint)cell.TanhMultiplier / 3) + 1);
    }
}
