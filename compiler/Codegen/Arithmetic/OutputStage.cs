// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Arithmetic;

/// <summary>
/// How an accumulator becomes an output byte without double rounding. With the accumulator scaled by 256,
/// <code>output = sat8((hi32((256 * acc + Delta) * Multiplier) + Offset) >> Shift)</code>
/// which is SMMLA and SSAT when all channels share the shift. It is not the reference's formula, so it is used only where a search
/// has found constants that give the reference's byte for every accumulator the channel can reach. Both functions are
/// monotonic: that they agree at both ends and on both sides of each of the at most 255 steps in between proves it for all.
/// </summary>
/// <param name="SharedShift">Null: each channel has its own, and an offset of its own.</param>
/// <param name="SignFix">
/// Not null: 2^SignFix is taken off the offset where the scaled accumulator is negative. The reference rounds halves away from zero,
/// the formula upwards; this is the difference.
/// </param>
/// <param name="Min">Of the fused activation.</param>
internal sealed record OutputStage(int? SharedShift, int? SignFix, IReadOnlyList<OutputChannel> Channels, int Min, int Max)
{
    /// <summary>Channels that are provable; the largest offset, 255 + 1 times 2^Shift, then stays below 2^30.</summary>
    public const int MaxShift = 22;

    public bool IsClamped => Min > sbyte.MinValue || Max < sbyte.MaxValue;

    /// <summary>For reports.</summary>
    public override string ToString() =>
        (SharedShift is { } shift ? $"requantized by one shift ({shift})" : "requantized by a shift a channel")
        + (SignFix is null ? "" : ", negative sums corrected") + (IsClamped ? ", clamped" : "") + ", proved";

    /// <summary>The cheapest form that is exact for all channels, or null.</summary>
    /// <param name="ranges">Of each channel's accumulator.</param>
    public static OutputStage? Search(IReadOnlyList<AccumulatorRange> ranges, IReadOnlyList<Requantization> scales, int zeroPoint, int min, int max)
    {
        const int LargestLeftShift = 6;
        if (ranges.Any(range => !range.FitsScaled) || scales.Any(scale => scale.Shift > LargestLeftShift))
        {
            return null;
        }

        var channels = ranges.Zip(scales, (range, scale) => new ReferenceChannel(range, scale, zeroPoint, min, max)).ToArray();
        var largest = Math.Clamp(scales.Where(scale => scale.Multiplier > 0).Select(Shift).DefaultIfEmpty(MaxShift).Min(), 1, MaxShift);
        int?[] shifts = [.. Enumerable.Range(0, 4).Select(less => (int?)(largest - less)).Where(shift => shift >= 1)];
        int?[] fixes = [null, 7, 6, 5, 4, 3, 2, 1, 0];

        return shifts.Select(shift => Fit(channels, shift, signFix: null)).FirstOrDefault(stage => stage is not null)
            ?? Fit(channels, shift: null, signFix: null)
            ?? fixes.Skip(1).Select(fix => Fit(channels, largest, fix)).FirstOrDefault(stage => stage is not null)
            ?? fixes.Skip(1).Select(fix => Fit(channels, shift: null, fix)).FirstOrDefault(stage => stage is not null);
    }

    private static OutputStage? Fit(ReferenceChannel[] channels, int? shift, int? signFix)
    {
        var fitted = new OutputChannel[channels.Length];
        foreach (var (index, channel) in channels.Index())
        {
            if (OutputFit.Of(channel, shift ?? Math.Clamp(Shift(channel.Scale), 1, MaxShift), signFix) is not { } found)
            {
                return null;
            }

            fitted[index] = found;
        }

        return new OutputStage(shift, signFix, fitted, channels[0].Min, channels[0].Max);
    }

    // 256 * acc * m / 2^32 is acc * m / 2^31 with seven more bits of fraction.
    private static int Shift(Requantization scale) => 7 - scale.Shift;
}

/// <summary>The constants of one channel.</summary>
internal readonly record struct OutputChannel(int Multiplier, int Delta, int Offset, int Shift);
