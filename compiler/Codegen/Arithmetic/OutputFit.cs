// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.Arithmetic;

/// <summary>Searches the constants of <see cref="OutputStage"/> for one channel and proves them.</summary>
internal static class OutputFit
{
    private static readonly int[] Nearby = [0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6];

    public static OutputChannel? Of(ReferenceChannel channel, int shift, int? signFix)
    {
        var offset = (1 << (shift - 1)) + (channel.ZeroPoint << shift);
        var dropped = 7 - channel.Scale.Shift - shift;
        var multiplier = dropped >= 0 ? (dropped > 31 ? 0 : channel.Scale.Multiplier >> dropped) : 0;

        foreach (var near in Nearby)
        {
            if ((long)multiplier + near is >= 0 and <= int.MaxValue and var tried
                && Delta(channel, shift, signFix, offset, tried) is { } delta
                && new OutputChannel((int)tried, delta, offset, shift) is var found
                && IsExact(channel, found, signFix))
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>
    /// Each step of the reference, from below <c>level</c> to <c>level</c> at accumulator <c>at</c>, bounds delta from both sides:
    /// (256 * at + delta) * m >= x and (256 * (at - 1) + delta) * m below x, with x = (level * 2^shift - offset) * 2^32.
    /// </summary>
    private static int? Delta(ReferenceChannel channel, int shift, int? signFix, int offset, long multiplier)
    {
        // With a sign fix, the scaled accumulator must be negative exactly where the accumulator is.
        var (low, high) = signFix is null ? (-(1L << 30), 1L << 30) : (0L, 255L);
        if (multiplier == 0 || channel.Steps.Count == 0)
        {
            return 0;
        }

        foreach (var (level, at) in channel.Steps)
        {
            low = Math.Max(low, Bound(level, at) - (256L * at));
            high = Math.Min(high, Bound(level, at - 1) - (256L * (at - 1)) - 1);
            if (low > high)
            {
                return null;
            }
        }

        return (int)((low + high) >> 1);

        long Bound(int level, long acc)
        {
            var x = (((long)level << shift) - offset + (acc < 0 && signFix is { } fix ? 1L << fix : 0)) << 32;
            return -Math.DivRem(-x, multiplier, out var rest) - (rest < 0 ? -1 : 0);
        }
    }

    private static bool IsExact(ReferenceChannel channel, OutputChannel found, int? signFix)
    {
        bool Agrees(long acc) => Output(channel, found, signFix, acc) == channel.Output((int)acc);
        return Agrees(channel.Range.Low) && Agrees(channel.Range.High) && channel.Steps.All(step => Agrees(step.At) && Agrees(step.At - 1L));
    }

    /// <summary>As the device computes it; null when a register overflows, also with the offset of unsigned outputs.</summary>
    private static int? Output(ReferenceChannel channel, OutputChannel found, int? signFix, long acc)
    {
        var scaled = (256 * acc) + found.Delta;
        var offset = found.Offset - (scaled < 0 && signFix is { } fix ? 1L << fix : 0);
        var sum = ((scaled * found.Multiplier) >> 32) + offset;
        return scaled != (int)scaled || sum != (int)sum || sum + (128L << found.Shift) > int.MaxValue
            ? null
            : Math.Clamp((int)Math.Clamp(sum >> found.Shift, sbyte.MinValue, sbyte.MaxValue), channel.Min, channel.Max);
    }
}
