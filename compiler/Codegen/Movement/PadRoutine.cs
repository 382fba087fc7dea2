// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Movement;

/// <summary>The code of a border: a loop for each axis, fills before and after it, and rows inside.</summary>
internal sealed class PadRoutine(ThumbWriter w, PadShape shape)
{
    private readonly RunCode _runs = new(w, shape.IsAligned);

    public static Routine Of(PadShape shape)
    {
        var w = new ThumbWriter(shape.Name);
        new PadRoutine(w, shape).Emit();
        return new Routine(shape.Name, w.ToString());
    }

    private void Emit()
    {
        w.EnterCore();
        w.Ldr(RunCode.Pattern, R(0));
        w.Ldr(RunCode.From, R(1));
        w.Ldr(RunCode.To, R(2));
        Axis(0);
        w.LeaveCore();
    }

    private void Axis(int index)
    {
        if (index == shape.Axes.Count)
        {
            Rows(1);
            return;
        }

        var axis = shape.Axes[index];
        var unrolled = index == shape.Axes.Count - 1 ? shape.Unrolled : 1;
        _runs.Fill(axis.Before);
        w.Repeat(S(index), axis.Count / unrolled, () =>
        {
            if (unrolled > 1)
            {
                Rows(unrolled);
            }
            else
            {
                Axis(index + 1);
            }
        });
        if (axis.Count % unrolled > 0)
        {
            Rows(axis.Count % unrolled);
        }

        _runs.Fill(axis.After);
    }

    private void Rows(int count)
    {
        if (!shape.IsShort)
        {
            _runs.Fill(shape.Before);
            _runs.Copy(shape.Run);
            _runs.Fill(shape.After);
            return;
        }

        var rows = Enumerable.Range(0, count).ToArray();
        _runs.Copy(rows.SelectMany(row => RunCode.Pieces(shape.Run, row * shape.Run, (row * shape.Row) + shape.Before)));
        _runs.Fill(rows.SelectMany(row => RunCode.Pieces(shape.Before, to: row * shape.Row)));
        _runs.Fill(rows.SelectMany(row => RunCode.Pieces(shape.After, to: (row * shape.Row) + shape.Before + shape.Run)));
        w.Add(RunCode.From, RunCode.From, count * shape.Run, RunCode.Spare);
        w.Add(RunCode.To, RunCode.To, count * shape.Row, RunCode.Spare);
    }
}
