// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Movement;

/// <summary>
/// The code of a strided copy: a loop for each axis around a run of bytes. Words are loaded before any of them is stored and addresses
/// rise, so that one run may move down within its own memory.
/// </summary>
internal sealed class CopyRoutine(ThumbWriter w, CopyShape shape)
{
    private static readonly Reg From = RunCode.From;
    private static readonly Reg To = RunCode.To;
    private static readonly Reg Spare = RunCode.Spare;
    private readonly RunCode _runs = new(w, shape.IsAligned);

    private bool IsShort => shape.Run <= CopyShape.ShortRun;

    public static Routine Of(CopyShape shape)
    {
        var w = new ThumbWriter(shape.Name);
        new CopyRoutine(w, shape).Emit();
        return new Routine(shape.Name, w.ToString());
    }

    private void Emit()
    {
        w.EnterCore();
        w.Ldr(From, R(1));
        w.Ldr(To, R(2));
        w.Add(From, From, shape.InOffset, Spare);
        w.Add(To, To, shape.OutOffset, Spare);
        Copy();
        w.LeaveCore();
    }

    /// <summary>The copy alone, from r0 to r1.</summary>
    public void Copy() => Axis(0);

    /// <summary>Everything from one axis inward; the pointers end behind its last position where it is an axis, behind the run otherwise.</summary>
    private (int In, int Out) Axis(int index)
    {
        if (index == shape.Axes.Count)
        {
            Items(1);
            return IsShort ? (0, 0) : (shape.Run, shape.Run);
        }

        var axis = shape.Axes[index];
        var unrolled = index == shape.Axes.Count - 1 ? shape.Unrolled : 1;
        var rest = axis.Count % unrolled;
        w.Repeat(S(index), axis.Count / unrolled, () =>
        {
            var done = unrolled > 1 ? Several(unrolled) : Axis(index + 1);
            w.Add(From, From, (unrolled * axis.In) - done.In, Spare);
            w.Add(To, To, (unrolled * axis.Out) - done.Out, Spare);
        });
        if (rest > 0)
        {
            Several(rest);
            w.Add(From, From, rest * axis.In, Spare);
            w.Add(To, To, rest * axis.Out, Spare);
        }

        return (axis.Count * axis.In, axis.Count * axis.Out);
    }

    private (int In, int Out) Several(int count)
    {
        Items(count);
        return (0, 0);
    }

    /// <summary>Some positions of the innermost axis, or one run.</summary>
    private void Items(int count)
    {
        if (!IsShort)
        {
            _runs.Copy(shape.Run);
            return;
        }

        var inner = shape.Axes.Count > 0 ? shape.Axes[^1] : default;
        _runs.Copy(Enumerable.Range(0, count).SelectMany(item => RunCode.Pieces(shape.Run, item * inner.In, item * inner.Out)));
    }
}
