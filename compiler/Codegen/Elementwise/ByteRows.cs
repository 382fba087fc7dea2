// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using TinyInfer.Compiler.Ops;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Elementwise;

/// <summary>Rows of int8, four elements a round: words of both operands in r8 and r10, results packed from r11, r12 and r8.</summary>
internal abstract class ByteRows(RowWalk walk, string name, int min, int max) : RowKernel(walk, name, min, max)
{
    private const int Unrolled = 4;
    private static readonly Reg WordA = R(8);
    private static readonly Reg WordB = R(10);
    private static readonly Reg First = R(11);
    private static readonly Reg Second = R(12);
    private static readonly Reg Spare = R(14);

    protected override void Row(ThumbWriter w)
    {
        if (Walk.IsFixed)
        {
            w.Ldrsb(Spare, B, 0);
            Fix(w, Spare);
        }

        Elements(w, Unrolled, () => Four(w), () => One(w));
    }

    /// <summary>Takes the operand that stays the same along the row into account, once.</summary>
    protected abstract void Fix(ThumbWriter w, Reg value);

    /// <summary>to = the result, saturated to int8, of one byte of each word; <paramref name="other"/> is lost.</summary>
    protected abstract void Element(ThumbWriter w, Reg to, Reg other, Reg wordA, Reg wordB, int index);

    private void Four(ThumbWriter w)
    {
        w.LdrThenAdd(WordA, A, Unrolled);
        if (!Walk.IsFixed)
        {
            w.LdrThenAdd(WordB, B, Unrolled);
        }

        Limited(w, First, Second, 0);
        Limited(w, Second, Spare, 1);
        w.Bfi(First, Second, 8, 8);
        Limited(w, Second, Spare, 2);
        Limited(w, WordA, WordB, 3);
        w.Bfi(Second, WordA, 8, 8);
        w.Halves(First, First, Second);
        w.StrThenAdd(First, Out, Unrolled);
    }

    private void One(ThumbWriter w)
    {
        w.LdrbThenAdd(WordA, A, 1);
        if (!Walk.IsFixed)
        {
            w.LdrbThenAdd(WordB, B, 1);
        }

        Limited(w, First, Second, 0);
        w.StrbThenAdd(First, Out, 1);
    }

    /// <summary>Of an activation, for each element.</summary>
    protected double LimitCycles(Core core) => Limits(sbyte.MinValue, sbyte.MaxValue) * (core == Core.CortexM7 ? 1.8 : 2.8);

    private void Limited(ThumbWriter w, Reg to, Reg other, int index)
    {
        Element(w, to, other, WordA, WordB, index);
        Limit(w, to, sbyte.MinValue, sbyte.MaxValue, other);
    }
}

/// <summary>a * aMultiplier + b * bMultiplier + offset, shifted: <see cref="LinearFit"/> has proved it.</summary>
internal sealed class LinearSum(RowWalk walk, int aMultiplier, int bMultiplier, int offset, int shift, int min, int max)
    : ByteRows(walk, $"add_rows_r{shift}", min, max)
{
    private static readonly Reg AMultiplier = R(4);
    private static readonly Reg BMultiplier = R(5);
    private static readonly Reg Offset = R(6);
    private static readonly Reg RowOffset = R(7);

    public override IReadOnlyList<Field> Parameters => [("a_multiplier", aMultiplier), ("b_multiplier", bMultiplier), ("offset", offset)];

    public override string Remark => "one multiplication an operand, proved for all pairs";

    protected override double CyclesPerElement(Core core) => (core == Core.CortexM7 ? 8.3 : 6.8) + LimitCycles(core);

    protected override IReadOnlyList<Reg> Constants => [AMultiplier, BMultiplier, Offset];

    public static LinearSum Of(PortableCall call, RowWalk walk)
    {
        var (a, b) = (call["a_multiplier"], call["b_multiplier"]);
        return new LinearSum(walk, walk.IsSwapped ? b : a, walk.IsSwapped ? a : b, call["offset"], call["shift"], call["min"], call["max"]);
    }

    protected override void Fix(ThumbWriter w, Reg value) => w.Mla(RowOffset, value, BMultiplier, Offset);

    protected override void Element(ThumbWriter w, Reg to, Reg other, Reg wordA, Reg wordB, int index)
    {
        if (!Walk.IsFixed)
        {
            w.Byte(other, wordB, index, unsigned: false);
        }

        w.Byte(to, wordA, index, unsigned: false);
        w.Mla(to, to, AMultiplier, Walk.IsFixed ? RowOffset : Offset);
        if (!Walk.IsFixed)
        {
            w.Mla(to, other, BMultiplier, to);
        }

        w.Sat8(to, unsigned: false, shift);
    }
}

/// <summary>The product of both operands less their zero points, requantized by the formula of <see cref="OutputStage"/>.</summary>
internal sealed class ScaledProduct(RowWalk walk, (int A, int B) raised, OutputChannel channel, int min, int max)
    : ByteRows(walk, $"mul_rows_r{channel.Shift}n{channel.SignFix}{(walk.IsFixed ? $"b{raised.B}" : "")}", min, max)
{
    private static readonly Reg RaisedA = R(4);
    private static readonly Reg RaisedB = R(5);
    private static readonly Reg Multiplier = R(6);
    private static readonly Reg Offset = R(7);
    private static readonly Reg Delta = R(9);

    public override IReadOnlyList<Field> Parameters =>
        [("a_raised", raised.A), ("b_raised", raised.B), ("multiplier", channel.Multiplier), ("offset", channel.Offset), ("delta", channel.Delta)];

    public override string Remark => "requantized by one multiplication, proved";

    protected override double CyclesPerElement(Core core) =>
        (core == Core.CortexM7 ? 12 : 8.5) + (channel.SignFix == 0 ? 0 : 3) + LimitCycles(core);

    protected override IReadOnlyList<Reg> Constants => [RaisedA, RaisedB, Multiplier, Offset, Delta];

    protected override void Fix(ThumbWriter w, Reg value) => w.Add(RaisedB, value, raised.B, R(8));

    protected override void Element(ThumbWriter w, Reg to, Reg other, Reg wordA, Reg wordB, int index)
    {
        if (!Walk.IsFixed)
        {
            w.AddByte(other, RaisedB, wordB, index);
        }

        w.AddByte(to, RaisedA, wordA, index);
        w.Mul(to, to, Walk.IsFixed ? RaisedB : other);
        w.Add(to, Delta, to, 8);
        if (channel.SignFix != 0)
        {
            w.Asr(other, to, 31);
            w.BicLowBits(other, System.Numerics.BitOperations.Log2((uint)-channel.SignFix));
            w.Add(other, other, Offset);
        }

        w.Smmla(to, Multiplier, channel.SignFix != 0 ? other : Offset);
        w.Sat8(to, unsigned: false, channel.Shift);
    }
}
