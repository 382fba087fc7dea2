// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Movement;

/// <summary>
/// The code of a strided copy: a loop for each axis around a run of bytes. Words are loaded before any of them is stored and addresses
/// rise, so that one run may move down within its own memory.
/// </summary>
internal sealed class CopyRoutine(ThumbWriter w, CopyShape shape)
{
    private static readonly Reg From = R(0);
    private static readonly Reg To = R(1);
    private static readonly Reg Counter = R(12);
    private static readonly Reg Spare = R(8);

    /// <summary>r8 and r10 belong to the loops.</summary>
    private static readonly Reg[] Words = [R(2), R(3), R(4), R(5), R(6), R(7), R(9), R(11)];

    private static int BlockBytes => sizeof(int) * Words.Length;

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
        Axis(0);
        w.LeaveCore();
    }

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
            LongRun();
            return;
        }

        var inner = shape.Axes.Count > 0 ? shape.Axes[^1] : default;
        var pieces = Enumerable.Range(0, count).SelectMany(item => Pieces(shape.Run).Select(piece => (piece.Size, In: (item * inner.In) + piece.At, Out: (item * inner.Out) + piece.At)));
        foreach (var together in pieces.Chunk(Words.Length))
        {
            foreach (var (piece, word) in together.Zip(Words))
            {
                Load(word, piece.Size, piece.In);
            }

            foreach (var (piece, word) in together.Zip(Words))
            {
                Store(word, piece.Size, piece.Out);
            }
        }
    }

    private void LongRun()
    {
        w.Repeat(Counter, shape.Run / BlockBytes, () =>
        {
            if (shape.IsAligned)
            {
                w.LdmThenAdd(From, Words);
                w.StmThenAdd(To, Words);
                return;
            }

            for (var i = 0; i < Words.Length; i++)
            {
                w.Ldr(Words[i], From, sizeof(int) * i);
            }

            for (var i = 0; i < Words.Length; i++)
            {
                w.Str(Words[i], To, sizeof(int) * i);
            }

            w.AddSmall(From, BlockBytes);
            w.AddSmall(To, BlockBytes);
        });

        var (rest, pieces) = (shape.Run % BlockBytes, Pieces(shape.Run % BlockBytes).ToArray());
        foreach (var together in pieces.Chunk(Words.Length))
        {
            foreach (var (piece, word) in together.Zip(Words))
            {
                Load(word, piece.Size, piece.At);
            }

            foreach (var (piece, word) in together.Zip(Words))
            {
                Store(word, piece.Size, piece.At);
            }
        }

        w.Add(From, From, rest, Spare);
        w.Add(To, To, rest, Spare);
    }

    // Words, then what is left of the run.
    private static IEnumerable<(int At, int Size)> Pieces(int bytes)
    {
        for (var at = 0; at < bytes;)
        {
            var size = bytes - at >= 4 ? 4 : bytes - at >= 2 ? 2 : 1;
            yield return (at, size);
            at += size;
        }
    }

    private void Load(Reg word, int size, int at)
    {
        switch (size)
        {
            case 4:
                w.Ldr(word, From, at);
                break;
            case 2:
                w.Ldrh(word, From, at);
                break;
            default:
                w.Ldrb(word, From, at);
                break;
        }
    }

    private void Store(Reg word, int size, int at)
    {
        switch (size)
        {
            case 4:
                w.Str(word, To, at);
                break;
            case 2:
                w.Strh(word, To, at);
                break;
            default:
                w.Strb(word, To, at);
                break;
        }
    }
}
