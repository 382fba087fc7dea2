// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Recurrent;

/// <summary>
/// What a unit does with its gates, the formulas of ti_lstm.h and ti_sigmoid.h. The first rounding of the reference,
/// floor((x * m + 2^30) / 2^31), is SMMULR of 2x and m. r4-r9 are free, r12 is the sigmoid table.
/// </summary>
internal sealed class LstmActivation(ThumbWriter w, LstmCell cell)
{
    /// <summary>Bits by which sums are larger than the true ones.</summary>
    private const int SumBits = 8;
    private const int Keep = 8;
    private const int Added = 9;
    private const int Hidden = 10;

    /// <summary>saturate16(requantize(sum / 256)).</summary>
    public void RescaleSum(Reg sum, Fp multiplier, int shift)
    {
        // Times two, and times 2^shift where that is to the left.
        var right = SumBits - 1 - Math.Max(shift, 0);
        w.Vmov(R(4), multiplier);
        if (right > 0)
        {
            w.Asr(sum, sum, right);
        }

        w.Smmulr(sum, sum, R(4));
        Divide(sum, Math.Max(-shift, 0));
        w.Sat16(sum, shift < 0 ? 1 : 0);
    }

    /// <summary>A gate in Q3.12 becomes its logistic. The argument, three times the gate, does not reach the end of the table.</summary>
    public void Logistic(Reg gate)
    {
        w.Add(gate, gate, gate, 1);
        Interpolate(gate, bits: 9);
        w.Eor(gate, gate, R(5));
        w.Add(gate, gate, 512, R(6));
        w.Sub(gate, gate, R(5), 25);
        w.Asr(gate, gate, 10);
    }

    public void Tanh(Reg argument)
    {
        Interpolate(argument, bits: 8);
        w.SubImmediate(argument, argument, 1 << 23);
        w.Eor(argument, argument, R(5));
        w.Add(argument, argument, 128, R(6));
        w.Asr(argument, argument, 8);
    }

    /// <summary>Input, forget, cell and output gate in r0-r3; the state at <paramref name="state"/>, which moves on; the new h in r4.</summary>
    public void Cell(Reg state)
    {
        w.Ldrsh(R(4), state, 0);
        w.SmulHalves(R(4), R(4), false, R(1), false);
        Rescale(R(4), Keep);
        w.Sat16(R(4), 1);
        w.SmulHalves(R(0), R(0), false, R(2), false);
        Rescale(R(0), Added);
        w.Sat16(R(0), 1);
        w.Add(R(0), R(0), R(4));
        w.Sat16(R(0));
        Clip();
        w.StrhThenAdd(R(0), state, 2);

        Argument();
        Tanh(R(0));
        w.SmulHalves(R(4), R(0), false, R(3), false);
        Rescale(R(4), Hidden);
        w.Asr(R(4), R(4), 1);
        w.Add(R(4), R(4), cell.HiddenZeroPoint, R(5));
        w.Sat8(R(4), unsigned: false, 0);
    }

    private void Clip()
    {
        if (cell.CellClip <= short.MaxValue)
        {
            w.Constant(R(5), -cell.CellClip);
            w.Limit(R(0), R(5), low: true);
        }

        if (cell.CellClip < short.MaxValue)
        {
            w.Constant(R(5), cell.CellClip);
            w.Limit(R(0), R(5), low: false);
        }
    }

    // 3 * 2^k times the state, or three times the state shifted to the right.
    private void Argument()
    {
        w.Add(R(0), R(0), R(0), 1);
        if (cell.TanhMultiplier > 3)
        {
            w.Lsl(R(0), R(0), System.Numerics.BitOperations.Log2((uint)cell.TanhMultiplier / 3));
        }

        if (cell.TanhShift > 0)
        {
            w.Add(R(0), R(0), 1 << (cell.TanhShift - 1), R(5));
            w.Asr(R(0), R(0), cell.TanhShift);
        }
    }

    // A product, not yet halved for the last time.
    private void Rescale(Reg product, int scale)
    {
        w.Vmov(R(5), S(scale));
        w.Lsl(product, product, 1);
        w.Smmulr(product, product, R(5));
        Divide(product, -cell.Scales[scale].Shift);
    }

    // x / 2^shift, ties away from zero, but for the last bit, which is to be shifted out.
    private void Divide(Reg value, int shift)
    {
        if (shift > 0)
        {
            w.AddSign(value);
            if (shift > 1)
            {
                w.Asr(value, value, shift - 1);
            }

            w.Add(value, value, 1, R(5));
        }
    }

    // Between entries of the table, at |argument|; r5 is the sign, all bits.
    private void Interpolate(Reg argument, int bits)
    {
        w.Asr(R(5), argument, 31);
        w.Eor(argument, argument, R(5));
        w.Sub(argument, argument, R(5));
        if (bits == 8)
        {
            w.Limit(argument, 0xFF00, low: false);
        }

        w.Lsr(R(6), argument, bits);
        w.LdrWord(R(6), R(12), R(6));
        w.Ubfx(argument, argument, bits);
        w.SmulHalves(argument, argument, false, R(6), true);
        w.Uxth(R(6), R(6));
        w.Add(argument, argument, R(6), bits);
    }
}
