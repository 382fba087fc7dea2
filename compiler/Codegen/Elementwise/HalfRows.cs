// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ops;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Elementwise;

/// <summary>Rows of int16, one element a round, by the reference's own steps.</summary>
internal abstract class HalfRows(RowWalk walk, string name, int min, int max) : RowKernel(walk, name, min, max)
{
    protected static readonly Reg Fixed = R(7);
    protected static readonly Reg Spare = R(11);
    private const int Unrolled = 2;
    private static readonly Reg ValueA = R(8);
    private static readonly Reg ValueB = R(10);

    protected override void Row(ThumbWriter w)
    {
        if (Walk.IsFixed)
        {
            w.Ldrsh(Fixed, B, 0);
            Fix(w, Fixed);
        }

        Elements(
            w,
            Unrolled,
            () =>
            {
                One(w);
                One(w);
            },
            () => One(w));
    }

    protected virtual void Fix(ThumbWriter w, Reg value)
    {
    }

    /// <summary>a = the result; <paramref name="b"/> has been through <see cref="Fix"/> where it stays the same.</summary>
    protected abstract void Element(ThumbWriter w, Reg a, Reg b);

    private void One(ThumbWriter w)
    {
        w.LdrshThenAdd(ValueA, A, sizeof(short));
        if (!Walk.IsFixed)
        {
            w.LdrshThenAdd(ValueB, B, sizeof(short));
        }

        Element(w, ValueA, Walk.IsFixed ? Fixed : ValueB);
        w.Sat16(ValueA);
        Limit(w, ValueA, short.MinValue, short.MaxValue, Spare);
        w.StrhThenAdd(ValueA, Out, sizeof(short));
    }
}

/// <summary>requantize(a * b).</summary>
/// <param name="right">Halvings.</param>
internal sealed class RoundedProduct(RowWalk walk, int multiplier, int right, int min, int max) : HalfRows(walk, $"mul_rows_h{right}", min, max)
{
    private static readonly Reg Multiplier = R(4);

    public override IReadOnlyList<Field> Parameters => [("multiplier", multiplier)];

    public override string Remark => "requantized by the reference's steps";

    protected override double CyclesPerElement(Core core) => 20;

    protected override IReadOnlyList<Reg> Constants => [Multiplier];

    protected override void Element(ThumbWriter w, Reg a, Reg b)
    {
        w.SmulHalves(a, a, topA: false, b, topB: false);
        w.RoundingHighMultiply(a, Multiplier, Spare);
        w.RoundingShift(a, right);
    }
}

/// <summary>Both operands brought to a common scale with 15 bits below the point, added or subtracted, and brought to the output's scale.</summary>
internal sealed class RoundedSum(RowWalk walk, Requantization a, Requantization b, Requantization sum, bool subtracts, int min, int max)
    : HalfRows(walk, $"add_rows_h{-a.Shift}_{-b.Shift}_{-sum.Shift}{(!subtracts ? "" : walk.IsSwapped ? "r" : "s")}", min, max)
{
    private const int Fraction = 15;
    private static readonly Reg AMultiplier = R(4);
    private static readonly Reg BMultiplier = R(5);
    private static readonly Reg SumMultiplier = R(6);

    public override IReadOnlyList<Field> Parameters => [("a_multiplier", a.Multiplier), ("b_multiplier", b.Multiplier), ("multiplier", sum.Multiplier)];

    public override string Remark => "requantized by the reference's steps";

    protected override double CyclesPerElement(Core core) => 37;

    protected override IReadOnlyList<Reg> Constants => [AMultiplier, BMultiplier, SumMultiplier];

    public static RoundedSum? Of(PortableCall call, RowWalk walk)
    {
        Requantization Scale(string name) => new(call[$"{name}multiplier"], call[$"{name}shift"]);
        var (a, b, sum) = (Scale("a_"), Scale("b_"), Scale(""));
        var isSymmetric = call["a_zero_point"] == 0 && call["b_zero_point"] == 0 && call["zero_point"] == 0;
        return !isSymmetric || a.Shift > 0 || b.Shift > 0 || sum.Shift > 0
            ? null
            : new RoundedSum(walk, walk.IsSwapped ? b : a, walk.IsSwapped ? a : b, sum, call["sign"] < 0, call["min"], call["max"]);
    }

    protected override void Fix(ThumbWriter w, Reg value) => Term(w, value, BMultiplier, b);

    protected override void Element(ThumbWriter w, Reg first, Reg second)
    {
        Term(w, first, AMultiplier, a);
        if (!Walk.IsFixed)
        {
            Term(w, second, BMultiplier, b);
        }

        if (!subtracts)
        {
            w.Add(first, first, second);
        }
        else if (Walk.IsSwapped)
        {
            w.Sub(first, second, first);
        }
        else
        {
            w.Sub(first, first, second);
        }

        w.RoundingHighMultiply(first, SumMultiplier, Spare);
        w.RoundingShift(first, -sum.Shift);
    }

    private static void Term(ThumbWriter w, Reg value, Reg multiplier, Requantization scale)
    {
        w.Lsl(value, value, Fraction);
        w.RoundingHighMultiply(value, multiplier, Spare);
        w.RoundingShift(value, -scale.Shift);
    }
}
