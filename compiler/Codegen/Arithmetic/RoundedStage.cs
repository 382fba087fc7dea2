// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Arithmetic;

/// <summary>
/// The reference's two roundings in four instructions, where its second one halves at least once. With the accumulator doubled,
/// <code>output = sat8((hi32(2 * acc * Multiplier + 2^31) + Offset - (acc below 0 ? 1 : 0)) >> Shift)</code>
/// which is ADD, SMMLAR, ASR and SSAT. The high word is the reference's first rounding as it stands; the one that is taken off is its second
/// rounding of halves away from zero. That the accumulator, not the rounded product, decides the sign makes no difference: where
/// they differ the product is 0, and 2^(Shift - 1) - 1 is not negative.
/// </summary>
internal sealed record RoundedStage(IReadOnlyList<RoundedChannel> Channels)
{
    private const long AccumulatorBound = 1 << 30;

    /// <summary>The product, below 2^30, and an offset of 256 * 2^MaxShift fit a word together.</summary>
    private const int MaxShift = 21;

    /// <summary>For reports.</summary>
    public override string ToString() => "rounded twice, halves by the sign of the sum";

    /// <summary>Null where a channel is outside what is said above.</summary>
    public static RoundedStage? Of(IReadOnlyList<AccumulatorRange> ranges, IReadOnlyList<Requantization> scales, int zeroPoint, int min, int max)
    {
        var channels = ranges.Zip(scales, (range, scale) => Channel(range, scale, zeroPoint, min, max)).ToArray();
        return channels.Any(channel => channel is null) ? null : new RoundedStage([.. channels.OfType<RoundedChannel>()]);
    }

    private static RoundedChannel? Channel(AccumulatorRange range, Requantization scale, int zeroPoint, int min, int max)
    {
        if (ReferenceChannel.Of(range, scale, zeroPoint, min, max)?.Constant is { } constant)
        {
            return new RoundedChannel(0, (constant << MaxShift) + (1 << (MaxShift - 1)), MaxShift);
        }

        return scale.Shift is <= -1 and >= -MaxShift && range.Low > -AccumulatorBound && range.High < AccumulatorBound
            ? new RoundedChannel(scale.Multiplier, (zeroPoint << -scale.Shift) + (1 << (-scale.Shift - 1)), -scale.Shift)
            : null;
    }
}

/// <summary>The constants of one channel.</summary>
internal sealed record RoundedChannel(int Multiplier, int Offset, int Shift);
