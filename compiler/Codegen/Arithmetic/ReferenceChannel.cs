// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Arithmetic;

/// <summary>The output of one channel as the contract defines it, over the accumulators that it can reach.</summary>
internal sealed class ReferenceChannel
{
    private const int LargestLeftShift = 6;

    private ReferenceChannel(AccumulatorRange range, Requantization scale, int zeroPoint, int min, int max)
    {
        (Range, Scale, ZeroPoint, Min, Max) = (range, scale, zeroPoint, min, max);
        var (lowest, highest) = (Output((int)range.Low), Output((int)range.High));
        Constant = lowest == highest ? lowest : null;
        Steps = range.FitsScaled ? [.. Enumerable.Range(lowest + 1, highest - lowest).Select(level => (level, FirstAtLeast(level)))] : [];
    }

    public AccumulatorRange Range { get; }

    public Requantization Scale { get; }

    public int ZeroPoint { get; }

    public int Min { get; }

    public int Max { get; }

    /// <summary>The output, when it is the same for all inputs.</summary>
    public int? Constant { get; }

    /// <summary>For each output level above the lowest: the smallest accumulator that reaches it.</summary>
    public IReadOnlyList<(int Level, int At)> Steps { get; }

    /// <summary>Null where the accumulator is too large to be scaled, unless the channel is constant, or its arithmetic may overflow.</summary>
    public static ReferenceChannel? Of(AccumulatorRange range, Requantization scale, int zeroPoint, int min, int max)
    {
        if (!range.FitsWord || scale.Shift > (range.FitsScaled ? LargestLeftShift : 0))
        {
            return null;
        }

        var channel = new ReferenceChannel(range, scale, zeroPoint, min, max);
        return range.FitsScaled || channel.Constant is not null ? channel : null;
    }

    /// <summary>Never decreases: the multiplier is not negative, and a shift to the left does not overflow here.</summary>
    public int Output(int accumulator) => Math.Clamp(Scale.Apply(accumulator) + ZeroPoint, Min, Max);

    private int FirstAtLeast(int level)
    {
        var (below, at) = ((int)Range.Low, (int)Range.High);
        while (at - below > 1)
        {
            var middle = below + ((at - below) / 2);
            (below, at) = Output(middle) >= level ? (below, middle) : (middle, at);
        }

        return at;
    }
}
