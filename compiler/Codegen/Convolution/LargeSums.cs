// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Convolution;

/// <summary>
/// Sums that may pass 2^23, so that 256 times as much does not fit 32 bits. Where so large a sum saturates the output anyway, sums are
/// limited to 31 bits once, between two runs:
/// <code>limited = clamp(start + first runs, -2^30, 2^30 - 1)    sum = limited + other runs</code>
/// That is exact where neither part overflows, and where a sum that was limited is so large, whatever the other runs add, that the output is
/// at its end.
/// </summary>
/// <param name="weights">Of one channel behind the other.</param>
/// <param name="runBytes">Of a row of the filter.</param>
/// <param name="ranges">Of each channel's accumulator.</param>
internal sealed class LargeSums(sbyte[] weights, int runBytes, IReadOnlyList<AccumulatorRange> ranges)
{
    /// <summary>Bits of a limited sum.</summary>
    public const int Bits = 31;

    private const long Limit = 1L << (Bits - 1);
    private const long Largest = (1L << 23) - 3;

    private int Kernel => weights.Length / ranges.Count;

    /// <summary>What of the ranges can be scaled: an output stage is searched for these.</summary>
    public IReadOnlyList<AccumulatorRange> Scalable { get; } =
        [.. ranges.Select(range => range with { Least = Math.Clamp(range.Low, -Largest, Largest) - range.Bias, Most = Math.Clamp(range.High, -Largest, Largest) - range.Bias })];

    /// <summary>False when all sums of a channel are so large: its range has nothing to scale.</summary>
    public bool CanScale => Scalable.All(range => range.Low <= range.High);

    /// <summary>True for inputs that are read as unsigned numbers, 128 larger. The last group of a run may overlap the one before it; then the parity of its bytes is that of the word, as seen from the end.</summary>
    /// <param name="at">Of the weights of a channel.</param>
    public static bool IsUnsigned(int at, int runBytes)
    {
        var inRun = at % runBytes;
        return inRun < (runBytes & ~3) ? inRun % 2 == 0 : (inRun + (-runBytes & 3)) % 2 == 0;
    }

    /// <summary>After how many runs all channels can be limited; 0: never.</summary>
    /// <param name="stage">Found for <see cref="Scalable"/>.</param>
    public int RunsBefore(OutputStage stage, IReadOnlyList<Requantization> scales, int zeroPoint)
    {
        ReferenceChannel?[] references = [.. Scalable.Zip(scales, (range, scale) => ReferenceChannel.Of(range, scale, zeroPoint, stage.Min, stage.Max))];
        bool IsExact(int runs) => references.Index().All(channel => channel.Item is { Constant: null } reference && this.IsExact(channel.Index, runs, stage.Channels[channel.Index].Delta, reference));
        return Enumerable.Range(1, (Kernel / runBytes) - 1).Reverse().FirstOrDefault(IsExact);
    }

    private bool IsExact(int channel, int runs, int delta, ReferenceChannel reference)
    {
        var range = ranges[channel];
        var own = weights.AsSpan(channel * Kernel, Kernel);
        var (first, other) = (Part(own, 0, runs * runBytes), Part(own, runs * runBytes, Kernel));
        var start = (256 * (range.Bias - (128L * Unsigned(own)))) + delta;
        var (low, high) = (start + first.Least, start + first.Most);
        if (low < int.MinValue || high > int.MaxValue)
        {
            return false;
        }

        var (least, most) = (Math.Max(low, -Limit) + other.Least, Math.Min(high, Limit - 1) + other.Most);
        if (least < (256 * reference.Range.Low) + delta || most > (256 * reference.Range.High) + delta)
        {
            return false;
        }

        var (fewest, largest) = (Limit - 1 + other.Least, -Limit + other.Most);
        return (high < Limit || (fewest > Math.Max(0, delta) && reference.Output((int)((fewest - delta) >> 8)) == reference.Output((int)range.High)))
            && (low >= -Limit || (largest < Math.Min(0, delta) && reference.Output((int)((largest - delta + 255) >> 8)) == reference.Output((int)range.Low)));
    }

    // Scaled by 256, of inputs as they are read.
    private (long Least, long Most) Part(ReadOnlySpan<sbyte> own, int from, int to)
    {
        var (least, most) = (0L, 0L);
        for (var at = from; at < to; at++)
        {
            var (low, high) = IsUnsigned(at, runBytes) ? (byte.MinValue, byte.MaxValue) : ((int)sbyte.MinValue, (int)sbyte.MaxValue);
            least += 256L * Math.Min(own[at] * low, own[at] * high);
            most += 256L * Math.Max(own[at] * low, own[at] * high);
        }

        return (least, most);
    }

    private long Unsigned(ReadOnlySpan<sbyte> own)
    {
        var sum = 0L;
        for (var at = 0; at < own.Length; at++)
        {
            sum += IsUnsigned(at, runBytes) ? own[at] : 0;
        }

        return sum;
    }
}
