// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.Arithmetic;

/// <summary>
/// Searches the constants of <see cref="OutputStage"/> for one channel and proves them. The reference is
/// floor((acc * m + 2^30) / 2^31), halved <c>right</c> times with halves away from zero. The first rounding is 64 in the offset when
/// the shift is the exact one, right + 7: seven bits of fraction remain of 256 * acc * m / 2^32. A halving of negative numbers lacks
/// one unit before it, 128 in the offset.
/// </summary>
internal static class OutputFit
{
    private const int FractionBits = 7;
    private const int Nearby = 200;

    /// <summary>The shift with which the multiplier keeps all its bits.</summary>
    public static int ExactShift(ReferenceChannel channel) => FractionBits - channel.Scale.Shift;

    /// <param name="sharedShift">Null: the channel may have a shift and an offset of its own.</param>
    public static OutputChannel? Of(ReferenceChannel channel, int? sharedShift, bool fix)
    {
        var shift = sharedShift ?? Math.Clamp(ExactShift(channel), 1, OutputStage.MaxShift);
        var dropped = Math.Min(31, ExactShift(channel) - shift);
        var offset = (1 << (shift - 1)) + (channel.ZeroPoint << shift);

        if (channel.Constant is { } constant && OfConstant(channel, constant, offset, shift) is { } certain)
        {
            return certain;
        }

        if (dropped < 0 || !channel.Range.FitsScaled)
        {
            return null;
        }

        // Only a halving needs the fix, and not every channel that has one.
        return (fix && channel.Scale.Shift < 0 ? Scaled(-(128 >> dropped)) : null) ?? Scaled(signFix: 0);

        OutputChannel? Scaled(int signFix)
        {
            var multiplier = channel.Scale.Multiplier >> dropped;
            if (sharedShift is not null)
            {
                return Near(channel, new OutputChannel(multiplier, 0, offset, shift, signFix));
            }

            var rounded = (channel.Scale.Shift < 0 ? offset : channel.ZeroPoint << shift) + (64 >> dropped);
            var exact = new OutputChannel(multiplier, 0, rounded, shift, signFix);
            return IsExact(channel, exact) ? exact : Near(channel, exact);
        }
    }

    private static OutputChannel? Near(ReferenceChannel channel, OutputChannel start)
    {
        for (var near = 0; near <= 2 * Nearby; near++)
        {
            var multiplier = start.Multiplier + ((near & 1) == 0 ? near / 2 : -(long)((near + 1) / 2));
            if (multiplier is >= 0 and <= int.MaxValue
                && Delta(channel, start, multiplier) is { } delta
                && (start with { Multiplier = (int)multiplier, Delta = delta }) is var found
                && IsExact(channel, found))
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
    private static int? Delta(ReferenceChannel channel, OutputChannel start, long multiplier)
    {
        // With a sign fix, the scaled accumulator must be negative exactly where the accumulator is.
        var (low, high) = start.SignFix == 0 ? (-(1L << 30), 1L << 30) : (0L, 255L);
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
            var x = (((long)level << start.Shift) - start.Offset - (acc < 0 ? start.SignFix : 0)) << 32;
            return -Math.DivRem(-x, multiplier, out var rest) + (rest < 0 ? 1 : 0);
        }
    }

    private static bool IsExact(ReferenceChannel channel, OutputChannel found)
    {
        bool Agrees(long acc) => Output(channel, found, (256 * acc) + found.Delta) == channel.Output((int)acc);
        return Agrees(channel.Range.Low) && Agrees(channel.Range.High) && channel.Steps.All(step => Agrees(step.At) && Agrees(step.At - 1L));
    }

    /// <summary>
    /// A channel whose output never changes, as those that training has switched off by a large bias or by zero weights: its bias is
    /// replaced by one that saturates for certain, or by one that is the output when the rest adds little to it.
    /// </summary>
    private static OutputChannel? OfConstant(ReferenceChannel channel, int constant, int offset, int shift)
    {
        const int Limit = 1 << 21;
        const int Saturating = 1 << 30;
        if (channel.Range.Least < -Limit || channel.Range.Most > Limit)
        {
            return null;
        }

        var level = (long)(constant - channel.ZeroPoint) << shift;
        (int Multiplier, long Bias)[] ways = [(0, 0), (int.MaxValue, -Saturating), (int.MaxValue, Saturating), (Saturating, 4 * level)];
        foreach (var (multiplier, bias) in ways)
        {
            var found = new OutputChannel(multiplier, (int)(uint)(bias - (256 * channel.Range.Bias)), offset, shift, SignFix: 0);
            if (Output(channel, found, bias + (256 * channel.Range.Least)) == constant && Output(channel, found, bias + (256 * channel.Range.Most)) == constant)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>As the device computes it; null when a register overflows, also with the offset of unsigned outputs.</summary>
    private static int? Output(ReferenceChannel channel, OutputChannel found, long scaled)
    {
        var sum = ((scaled * found.Multiplier) >> 32) + found.Offset + (scaled < 0 ? found.SignFix : 0);
        return scaled != (int)scaled || sum != (int)sum || sum + (128L << found.Shift) > int.MaxValue
            ? null
            : Math.Clamp((int)Math.Clamp(sum >> found.Shift, sbyte.MinValue, sbyte.MaxValue), channel.Min, channel.Max);
    }
}
