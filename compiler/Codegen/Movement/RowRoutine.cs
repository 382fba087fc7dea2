// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ops;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Movement;

/// <summary>A row of a sequence as its routine sees it.</summary>
/// <param name="Bytes">Of a row.</param>
/// <param name="IsPut">True: inputs are sequence, index and row, the output is the sequence; false: inputs are sequence and index, the output is the row.</param>
internal sealed record RowShape(int Rows, int Bytes, bool IsPut)
{
    public string Name => $"{(IsPut ? "put" : "take")}_row_{Rows}x{Bytes}";
}

/// <summary>The code of TakeRow and PutRow: the address of the row, by an index that is limited to the rows there are, and a copy.</summary>
internal static class RowRoutine
{
    public static Routine Of(RowShape shape)
    {
        var w = new ThumbWriter(shape.Name);
        w.EnterCore();
        if (shape.IsPut)
        {
            CopyAll(w, shape);
        }

        w.Ldr(R(3), R(1), sizeof(int));
        w.Ldr(R(3), R(3));
        w.Constant(R(4), 0);
        w.Limit(R(3), R(4), low: true);
        w.Constant(R(4), shape.Rows - 1);
        w.Limit(R(3), R(4), low: false);
        w.Constant(R(4), shape.Bytes);
        if (shape.IsPut)
        {
            w.Ldr(R(0), R(1), 2 * sizeof(int));
            w.Ldr(R(1), R(2));
            w.Mla(R(1), R(3), R(4), R(1));
        }
        else
        {
            w.Ldr(R(0), R(1));
            w.Ldr(R(1), R(2));
            w.Mla(R(0), R(3), R(4), R(0));
        }

        new CopyRoutine(w, new CopyShape([], 0, 0, shape.Bytes) { BeginsAnywhere = shape.Bytes % sizeof(int) != 0 }).Copy();
        w.LeaveCore();
        return new Routine(shape.Name, w.ToString());
    }

    // The whole sequence, unless it is in place.
    private static void CopyAll(ThumbWriter w, RowShape shape)
    {
        var end = w.NewLabel();
        w.Ldr(R(3), R(1));
        w.Ldr(R(4), R(2));
        w.Cmp(R(3), R(4));
        w.Branch("eq", end);
        w.Repeat(R(5), shape.Rows * shape.Bytes, () =>
        {
            w.LdrbThenAdd(R(6), R(3), 1);
            w.StrbThenAdd(R(6), R(4), 1);
        });
        w.Label(end);
    }
}

/// <summary>The code of NextTurn.</summary>
internal static class TurnRoutine
{
    public static Routine Of(int turns)
    {
        var w = new ThumbWriter($"next_turn_{turns}");
        w.EnterCore();
        w.Ldr(R(0), R(1));
        w.Ldr(R(3), R(2));
        w.Ldr(R(2), R(2), sizeof(int));
        w.Ldr(R(0), R(0));
        w.AddSmall(R(0), 1);
        w.Str(R(0), R(3));
        w.Constant(R(1), turns);
        w.Qsub(R(0), R(0), R(1));
        w.Lsr(R(0), R(0), 31);
        w.Strb(R(0), R(2), 0);
        w.LeaveCore();
        return new Routine($"next_turn_{turns}", w.ToString());
    }
}
