// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Convolution;

/// <summary>Copies rows of the input into scratch, with zero points where the filter reaches beyond the input, so that no loop needs a case for edges.</summary>
internal sealed class StripCopy(ThumbWriter w, Strip strip)
{
    private static readonly Reg To = R(0);
    private static readonly Reg Row = R(1);
    private static readonly Reg Rows = R(2);
    private static readonly Reg Padding = R(3);
    private static readonly Reg Image = R(4);
    private static readonly Reg From = R(5);
    private static readonly Reg Count = R(10);

    /// <param name="window">Holds the address to copy to.</param>
    /// <param name="image">Holds the address of the input.</param>
    /// <param name="row">Holds the row of the input to begin with.</param>
    public void Emit(Fp window, Fp image, Fp row)
    {
        w.Vmov(To, window);
        w.Vmov(Row, row);
        w.Vmov(Image, image);
        w.Constant(Rows, strip.Rows);
        w.Constant(Padding, (int)strip.Padding);

        var (outside, next) = (w.NewLabel(), w.NewLabel());
        var loop = w.Loop();
        w.Constant(R(6), strip.ImageRows);
        w.Cmp(Row, R(6));
        w.Branch("hs", outside); // unsigned: rows in front of the image are negative
        w.Constant(R(6), strip.ImageRowBytes);
        w.Mla(From, Row, R(6), Image);
        Fill(strip.Left);
        if (strip.Widens)
        {
            Widen(strip.Copied / 4);
        }
        else
        {
            Copy(strip.Copied);
        }

        TurnPadding();
        Fill(strip.Right);
        TurnPadding();
        w.Branch(next);
        w.Label(outside);
        Fill(strip.RowBytes);
        w.Label(next);
        w.Add(Row, Row, 1, R(6));
        w.Subs(Rows, 1);
        w.Branch("ne", loop);
    }

    private void Fill(int bytes)
    {
        Repeat(bytes / 4, 4, count =>
        {
            for (var i = 0; i < count; i++)
            {
                w.StrThenAdd(Padding, To, 4);
            }
        });
        Tail(bytes, half => w.Strh(Padding, To, half), one => w.Strb(Padding, To, one));
    }

    private void Copy(int bytes)
    {
        Repeat(bytes / 4, 4, count =>
        {
            Reg[] words = [.. Enumerable.Range(6, count).Select(R)];
            if (strip.IsAligned && count > 1)
            {
                w.LdmThenAdd(From, words);
                Flip(words);
                w.StmThenAdd(To, words);
                return;
            }

            foreach (var (at, word) in words.Index())
            {
                w.Ldr(word, From, 4 * at);
            }

            Flip(words);
            foreach (var (at, word) in words.Index())
            {
                w.Str(word, To, 4 * at);
            }

            w.AddSmall(From, 4 * count);
            w.AddSmall(To, 4 * count);
        });
        Tail(
            bytes,
            half =>
            {
                w.Ldrh(R(6), From, half);
                Flip([R(6)]);
                w.Strh(R(6), To, half);
            },
            one =>
            {
                w.Ldrb(R(6), From, one);
                Flip([R(6)]);
                w.Strb(R(6), To, one);
            });
    }

    // Four pixels are three words: r0g0b0r1 g1b1r2g2 b2r3g3b3.
    private void Widen(int pixels)
    {
        Repeat(pixels / 4, 2, count =>
        {
            for (var i = 0; i < count; i++)
            {
                FourPixels();
            }
        });
        for (var pixel = 0; pixel < pixels % 4; pixel++)
        {
            w.Ldrh(R(6), From, 0);
            w.Ldrb(R(7), From, 2);
            w.Orr(R(6), R(6), R(7), 16);
            w.Add(From, From, 3, R(7));
            Flip([R(6)]);
            w.StrThenAdd(R(6), To, 4);
        }

        void FourPixels()
        {
            Reg[] words = [R(6), R(7), R(9)];
            if (strip.ImageRowBytes % 4 == 0)
            {
                w.LdmThenAdd(From, words);
            }
            else
            {
                foreach (var word in words)
                {
                    w.LdrThenAdd(word, From, 4);
                }
            }

            w.Lsr(R(8), R(7), 16);
            w.Lsl(R(7), R(7), 8);
            w.OrrLsr(R(7), R(7), R(6), 24);
            w.Orr(R(8), R(8), R(9), 16);
            w.Lsr(R(9), R(9), 8);
            Flip([R(6), R(7), R(8), R(9)]);
            w.StmThenAdd(To, R(6), R(7), R(8), R(9));
        }
    }

    private void TurnPadding()
    {
        if (strip.TurnsPadding)
        {
            w.Rev16(Padding, Padding);
        }
    }

    private void Tail(int bytes, Action<int> half, Action<int> one)
    {
        if ((bytes & 2) != 0)
        {
            half(0);
        }

        if ((bytes & 1) != 0)
        {
            one(bytes & 2);
        }

        w.Add(To, To, bytes & 3, R(6));
    }

    private void Flip(IEnumerable<Reg> words)
    {
        foreach (var word in words.Where(_ => strip.Flip != 0))
        {
            w.Eor(word, word, strip.Flip);
        }
    }

    // `count` words in a loop of `unrolled` words, and what is left.
    private void Repeat(int count, int unrolled, Action<int> body)
    {
        if (count / unrolled > 1)
        {
            w.Constant(Count, count / unrolled);
            var loop = w.Loop();
            body(unrolled);
            w.Subs(Count, 1);
            w.Branch("ne", loop);
        }
        else if (count / unrolled == 1)
        {
            body(unrolled);
        }

        if (count % unrolled > 0)
        {
            body(count % unrolled);
        }
    }
}
