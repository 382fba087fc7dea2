// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.Depthwise.DepthwiseRegisters;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Depthwise;

/// <summary>Makes words of weights of one channel from the row-major weights [1, kh, kw, channels]: into registers, or into scratch.</summary>
internal sealed class WeightLoad(ThumbWriter w, DepthwiseShape shape)
{
    private const int Together = 3;
    private const int Shifted = 256;
    private static readonly Reg From = R(12);
    private static readonly Reg To = R(14);

    /// <summary>The kept words, in r0, r1, ...</summary>
    public void Keep(int phase)
    {
        w.Vmov(From, Weights);
        foreach (var some in shape.KeptWeights(phase).Index().Chunk(Together))
        {
            Make([.. some.Select(word => (R(word.Index), word.Item))]);
        }
    }

    /// <summary>The words of each row of taps, row by row.</summary>
    public void Store()
    {
        w.Vmov(From, Weights);
        w.Vmov(To, Words);
        w.Constant(R(11), shape.Rows.Filter);
        var row = w.Loop();
        foreach (var some in shape.StreamedWeights.Chunk(Together))
        {
            (Reg To, WeightPair Pair)[] words = [.. some.Index().Select(word => (R(word.Index), word.Item))];
            Make(words);
            foreach (var word in words)
            {
                w.StrThenAdd(word.To, To, sizeof(int));
            }
        }

        w.Add(From, From, shape.Columns.Filter * shape.Channels, R(6));
        w.Subs(R(11), 1);
        w.Branch("ne", row);
    }

    private void Make(IReadOnlyList<(Reg To, WeightPair Pair)> words)
    {
        foreach (var (index, (to, pair)) in words.Index())
        {
            Load(to, pair.Low);
            if (pair.High is { } high)
            {
                Load(R(6 + index), high);
            }
        }

        foreach (var (index, (to, pair)) in words.Index().Where(word => word.Item.Pair.High is not null))
        {
            w.Halves(to, to, R(6 + index));
        }

        foreach (var (to, _) in words)
        {
            Scale(to);
        }
    }

    // From int8 in both halves, extended where they are not shifted to the top.
    private void Scale(Reg word)
    {
        switch (DepthwiseOutput.WeightFactor(shape))
        {
            case Shifted:
                w.Lsl(word, word, 8);
                break;
            case 2:
                w.Sadd16(word, word, word);
                break;
        }
    }

    private void Load(Reg to, int tap)
    {
        var (from, offset) = (From, tap * shape.Channels);
        if (offset > LargestOffset)
        {
            (from, offset) = (R(9), 0);
            w.Add(from, From, tap * shape.Channels, R(10));
        }

        if (DepthwiseOutput.WeightFactor(shape) == Shifted)
        {
            w.Ldrb(to, from, offset);
        }
        else
        {
            w.Ldrsb(to, from, offset);
        }
    }
}
