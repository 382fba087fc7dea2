// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Movement;

/// <summary>
/// Runs of bytes: copied or filled in words, then in what is left. Words are loaded before any of them is stored and addresses rise. r8 and r10
/// belong to the loops around.
/// </summary>
/// <param name="isAligned">True when every run starts at a word on both sides.</param>
internal sealed class RunCode(ThumbWriter w, bool isAligned)
{
    public static readonly Reg From = R(0);
    public static readonly Reg To = R(1);
    public static readonly Reg Spare = R(8);

    /// <summary>The word that <see cref="Fill(int)"/> repeats; its bytes belong to addresses from 0 on in fours.</summary>
    public static readonly Reg Pattern = R(14);

    private static readonly Reg Counter = R(12);
    private static readonly Reg[] Words = [R(2), R(3), R(4), R(5), R(6), R(7), R(9), R(11)];

    private static int BlockBytes => sizeof(int) * Words.Length;

    /// <summary>A run in words, then in what is left, from one offset to another.</summary>
    public static IEnumerable<Piece> Pieces(int bytes, int from = 0, int to = 0)
    {
        for (var at = 0; at < bytes;)
        {
            var size = bytes - at >= 4 ? 4 : bytes - at >= 2 ? 2 : 1;
            yield return new Piece(size, from + at, to + at);
            at += size;
        }
    }

    /// <summary>Copies a run; both pointers move behind it.</summary>
    public void Copy(int bytes)
    {
        w.Repeat(Counter, bytes / BlockBytes, () =>
        {
            if (isAligned)
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

        var rest = bytes % BlockBytes;
        Copy(Pieces(rest));
        w.Add(From, From, rest, Spare);
        w.Add(To, To, rest, Spare);
    }

    /// <summary>Copies pieces, relative to the pointers, which stay.</summary>
    public void Copy(IEnumerable<Piece> pieces)
    {
        foreach (var together in pieces.Chunk(Words.Length))
        {
            foreach (var (piece, word) in together.Zip(Words))
            {
                Load(word, piece.Size, piece.From);
            }

            foreach (var (piece, word) in together.Zip(Words))
            {
                Store(word, piece.Size, piece.To);
            }
        }
    }

    /// <summary>Fills a run with the pattern; the pointer moves behind it.</summary>
    public void Fill(int bytes)
    {
        w.Repeat(Counter, bytes / BlockBytes, () =>
        {
            Fill(Pieces(BlockBytes));
            w.AddSmall(To, BlockBytes);
        });

        var rest = bytes % BlockBytes;
        Fill(Pieces(rest));
        w.Add(To, To, rest, Spare);
    }

    /// <summary>Fills pieces, relative to the pointer, which stays.</summary>
    public void Fill(IEnumerable<Piece> pieces)
    {
        foreach (var piece in pieces)
        {
            Store(Pattern, piece.Size, piece.To);
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

    /// <summary>One access of 4, 2 or 1 bytes.</summary>
    internal readonly record struct Piece(int Size, int From, int To);
}
