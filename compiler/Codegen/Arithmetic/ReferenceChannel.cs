// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Arithmetic;

/// <summary>The output of one channel as the contract defines it, over the accumulators that it can reach.</summary>
internal sealed class ReferenceChannel
{
    public ReferenceChannel(AccumulatorRange range, Requantization scale, int zeroPoint, int min, int max)
    {
        (Range, Scale, ZeroPoint, Min, Max) = (range, scale, zeroPoint, min, max);
        var (lowest, highest) = (Output(range.Low), Output(range.High));
        Steps = [.. Enumerable.Range(lowest + 1, Math.Max(0, highest - lowest)).Select(level => (level, FirstAtLeast(level)))];
    }

    public AccumulatorRange Range { get; }

    public Requantization Scale { get; }

    public int ZeroPoint { get; }

    public int Min { get; }

    public int Max { get; }

    /// <summary>For each output level above the lowest: the smallest accumulator that reaches it.</summary>
    public IReadOnlyList<(int Level, int At)> Steps { get; }

    /// <summary>Never decreases: the multiplier is not negative, and a shift to the left does not overflow here.</summary>
    public int Output(int accumulator) => Math.Clamp(Scale.Apply(accumulator) + ZeroPoint, Min, Max);

    private int FirstAtLeast(int level)
    {
        var (below, at) = (Range.Low, Range.High);
        while (at - below > 1)
        {
            var middle = below + ((at - below) / 2);
            (below, at) = Output(middle) >= level ? (below, middle) : (middle, at);
        }

        return at;
    }
}
