// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ops;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Elementwise;

/// <summary>The code of an elementwise op over a <see cref="RowWalk"/>: constants first, then rows. The output may lie over an operand of its size.</summary>
internal abstract class RowKernel(RowWalk walk, string name, int min, int max)
{
    protected static readonly Reg A = R(0);
    protected static readonly Reg B = R(1);
    protected static readonly Reg Out = R(2);
    protected static readonly Reg Count = R(3);

    public RowWalk Walk => walk;

    /// <summary>Predicted, without wait states.</summary>
    public long Cycles(Core core) => (long)(walk.Rows * ((walk.Inner * CyclesPerElement(core)) + 20)) + 60;

    public abstract IReadOnlyList<Field> Parameters { get; }

    public abstract string Remark { get; }

    public Routine Routine
    {
        get
        {
            var full = $"{name}_{walk.Name}_l{min}h{max}".Replace('-', 'm');
            var w = new ThumbWriter(full);
            w.EnterCore();
            w.Ldm(R(0), Constants);
            w.Ldr(Out, R(2));
            w.Ldm(R(1), A, B);
            walk.Emit(w, () => Row(w));
            w.LeaveCore();
            return new Routine(full, w.ToString());
        }
    }

    protected abstract double CyclesPerElement(Core core);

    /// <summary>How many ends of the type the activation cuts off.</summary>
    protected int Limits(int least, int most) => (min > least ? 1 : 0) + (max < most ? 1 : 0);

    /// <summary>Registers of the parameters; not r8, r10 and up, nor those above.</summary>
    protected abstract IReadOnlyList<Reg> Constants { get; }

    protected abstract void Row(ThumbWriter w);

    /// <param name="least">Limits at the ends of the type do nothing.</param>
    protected void Limit(ThumbWriter w, Reg value, int least, int most, Reg spare)
    {
        if (min > least)
        {
            w.Constant(spare, min);
            w.Limit(value, spare, low: true);
        }

        if (max < most)
        {
            w.Constant(spare, max);
            w.Limit(value, spare, low: false);
        }
    }

    /// <summary>Elements of two rows, unrolled by <paramref name="unrolled"/>, then what is left.</summary>
    protected void Elements(ThumbWriter w, int unrolled, Action several, Action one)
    {
        w.Repeat(Count, walk.Inner / unrolled, several);
        for (var element = 0; element < walk.Inner % unrolled; element++)
        {
            one();
        }
    }
}
