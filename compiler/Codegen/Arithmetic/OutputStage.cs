// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Arithmetic;

/// <summary>
/// How an accumulator becomes an output byte without double rounding. With the accumulator scaled by 256,
/// <code>output = sat8((hi32((256 * acc + Delta) * Multiplier) + Offset) >> Shift)</code>
/// which is SMMLA and SSAT when all channels share shift and offset. It is not the reference's formula, so it is used only where a
/// search has found constants that give the reference's byte for every accumulator the channel can reach. Both functions are
/// monotonic: that they agree at both ends and on both sides of each of the at most 255 steps in between proves it for all.
/// </summary>
/// <param name="SharedShift">Null: each channel has its own, and an offset of its own.</param>
/// <param name="HasSignFix">
/// True: a number of the channel is taken off the offset where the scaled accumulator is negative. The reference rounds halves away
/// from zero, the formula upwards; this is the difference.
/// </param>
/// <param name="Min">Of the fused activation.</param>
internal sealed record OutputStage(int? SharedShift, bool HasSignFix, IReadOnlyList<OutputChannel> Channels, int Min, int Max)
{
    /// <summary>The largest offset, 255 + 1 times 2^Shift, stays at 2^30.</summary>
    public const int MaxShift = 22;

    public bool IsClamped => Min > sbyte.MinValue || Max < sbyte.MaxValue;

    /// <summary>For reports.</summary>
    public override string ToString() =>
        (SharedShift is { } shift ? $"requantized by one shift ({shift})" : "requantized by a shift a channel")
        + (HasSignFix ? ", negative sums corrected" : "") + (IsClamped ? ", clamped" : "") + ", proved";

    /// <summary>The cheapest form that is exact for all channels, or null.</summary>
    /// <param name="ranges">Of each channel's accumulator.</param>
    /// <param name="withFix">False: null where only a sign fix would do.</param>
    public static OutputStage? Search(
        IReadOnlyList<AccumulatorRange> ranges, IReadOnlyList<Requantization> scales, int zeroPoint, int min, int max, bool withFix = true)
    {
        var channels = ranges.Zip(scales, (range, scale) => ReferenceChannel.Of(range, scale, zeroPoint, min, max)).OfType<ReferenceChannel>().ToArray();
        if (channels.Length < ranges.Count)
        {
            return null;
        }

        var largest = Math.Clamp(channels.Where(channel => channel.Constant is null).Select(OutputFit.ExactShift).DefaultIfEmpty(MaxShift).Min(), 1, MaxShift);
        int?[] shared = [.. Enumerable.Range(0, 4).Select(less => (int?)(largest - less)).Where(shift => shift >= 1)];

        IEnumerable<(int? Shift, bool Fix)> forms = [.. shared.Select(shift => (shift, false)), (null, false), .. shared.Select(shift => (shift, true)), (null, true)];
        return forms.Where(form => withFix || !form.Fix).Select(form => Fit(channels, form.Shift, form.Fix)).FirstOrDefault(stage => stage is not null);
    }

    private static OutputStage? Fit(ReferenceChannel[] channels, int? shift, bool fix)
    {
        var fitted = new OutputChannel[channels.Length];
        foreach (var (index, channel) in channels.Index())
        {
            if (OutputFit.Of(channel, shift, fix) is not { } found)
            {
                return null;
            }

            fitted[index] = found;
        }

        return new OutputStage(shift, fix, fitted, channels[0].Min, channels[0].Max);
    }
}

/// <summary>The constants of one channel.</summary>
/// <param name="SignFix">What is added to the offset where the scaled accumulator is negative: 0 or below.</param>
internal readonly record struct OutputChannel(int Multiplier, int Delta, int Offset, int Shift, int SignFix)
{
    /// <summary>The lowest bit of the sign fix in <see cref="ShiftWord"/>.</summary>
    public const int SignFixAt = 8;

    /// <summary>The sign fix above the shift: a shift by a register reads its lowest byte only.</summary>
    public int ShiftWord => (SignFix << SignFixAt) | Shift;
}
