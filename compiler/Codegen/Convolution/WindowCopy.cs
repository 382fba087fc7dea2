// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Convolution;

/// <summary>Gathers <see cref="Windows"/> of padded rows, with mixed signs, as a convolution of single pixels reads them.</summary>
internal sealed class WindowCopy(ThumbWriter w, Windows windows, int pixels, int rows)
{
    private const int MostWords = 8;
    private static readonly Reg From = R(0);
    private static readonly Reg To = R(1);
    private static readonly Reg Flip = R(12);
    private static readonly Reg Count = R(14);
    private static readonly Reg[] Rests = [R(10), R(11)];

    /// <param name="padded">Holds the address of the padded rows.</param>
    /// <param name="to">Holds the address of the windows.</param>
    public void Emit(Fp padded, Fp to, Fp rowsLeft)
    {
        w.Vmov(From, padded);
        w.Vmov(To, to);
        w.Constant(Flip, (int)MixedSigns.EvenTops);
        w.Repeat(rowsLeft, rows, () =>
        {
            w.Repeat(Count, pixels, Window);
            w.Add(From, From, windows.RowStep - (pixels * windows.PixelStep), R(2));
        });
    }

    private void Window()
    {
        foreach (var words in Enumerable.Range(0, windows.Words).Chunk(MostWords))
        {
            (int Word, Reg Register)[] some = [.. words.Index().Select(word => (word.Item, R(2 + word.Index)))];
            foreach (var (word, register) in some)
            {
                LoadFirst(register, word);
            }

            foreach (var (word, register) in some)
            {
                AddRests(register, word);
                w.Eor(register, register, Flip);
            }

            w.StmThenAdd(To, [.. some.Select(word => word.Register)]);
        }

        w.Add(From, From, windows.PixelStep, R(2));
    }

    private void LoadFirst(Reg to, int word)
    {
        var (run, inRun) = windows.Source(4 * word)!.Value;
        if (word < windows.Runs * windows.WordsOfRun)
        {
            w.Ldr(to, From, (run * windows.RowBytes) + inRun);
        }
        else
        {
            LoadRest(to, run);
        }
    }

    private void AddRests(Reg to, int word)
    {
        if (word < windows.Runs * windows.WordsOfRun)
        {
            return;
        }

        foreach (var places in Enumerable.Range(1, (4 / windows.Rest) - 1).Chunk(Rests.Length))
        {
            (int At, int Run)[] found = [.. places.Select(place => windows.Rest * place).Where(at => windows.Source((4 * word) + at) is not null).Select(at => (at, windows.Source((4 * word) + at)!.Value.Run))];
            foreach (var ((_, run), rest) in found.Zip(Rests))
            {
                LoadRest(rest, run);
            }

            foreach (var ((at, _), rest) in found.Zip(Rests))
            {
                w.Orr(to, to, rest, 8 * at);
            }
        }
    }

    private void LoadRest(Reg to, int run)
    {
        var offset = (run * windows.RowBytes) + (4 * windows.WordsOfRun);
        if (windows.Rest == 1)
        {
            w.Ldrb(to, From, offset);
        }
        else
        {
            w.Ldrh(to, From, offset);
        }
    }
}
