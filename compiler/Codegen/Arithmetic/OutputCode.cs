// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Arithmetic;

/// <summary>
/// The code of an <see cref="OutputStage"/> for two pixels times four channels in r0-r7. Constants of the four channels are in s4-s19:
/// bias, multipliers, and where channels differ in them offsets and shift words, else sign fixes. r8-r11 and lr are free.
/// </summary>
/// <param name="unsigned">True when channels at even indices are stored as unsigned numbers, 128 larger.</param>
internal sealed class OutputCode(ThumbWriter w, OutputStage stage, bool unsigned)
{
    private const int Channels = 4;
    private const int Biases = 4;
    private const int Multipliers = 8;
    private const int Offsets = 12;
    private const int SignFixes = 12;
    private const int Shifts = 16;
    private static readonly Fp SharedOffset = S(16);
    private static readonly Fp SharedUnsignedOffset = S(17);

    /// <summary>Bytes of the table of constants for four channels.</summary>
    public int TableBytes => Channels * sizeof(int) * (stage.SharedShift is null ? 4 : stage.HasSignFix ? 3 : 2);

    /// <summary>Size of the code that starts sums and turns them into bytes, about.</summary>
    public int CodeBytes
    {
        get
        {
            const int Instruction = 4;
            const int LimitBytes = 10;
            var sum = 2 + (stage.HasSignFix ? 2 : 0) + (stage.SharedShift is null ? 1 : 0);
            var channel = 1 + (stage.SharedShift is null ? 2 : 0) + (stage.HasSignFix ? 1 : 0);
            var limits = (stage.Min > sbyte.MinValue ? 1 : 0) + (stage.Max < sbyte.MaxValue ? 1 : 0);
            return (Channels * ((Instruction * (channel + (2 * (sum + 1)))) + (2 * limits * LimitBytes))) + (2 * Instruction);
        }
    }

    /// <summary>Constants of the whole layer.</summary>
    public void Start()
    {
        if (stage.SharedShift is { } shift)
        {
            w.Constant(R(8), stage.Channels[0].Offset);
            w.Vmov(SharedOffset, R(8));
            w.Constant(R(8), stage.Channels[0].Offset + (128 << shift));
            w.Vmov(SharedUnsignedOffset, R(8));
        }
    }

    /// <summary>Loads the constants of four channels and moves on to the next.</summary>
    public void LoadTable(Fp table)
    {
        w.Vmov(R(8), table);
        w.VldmThenAdd(R(8), S(Biases), TableBytes / sizeof(int));
        w.Vmov(table, R(8));
    }

    /// <summary>Sums start with the bias.</summary>
    public void Bias()
    {
        for (var channel = 0; channel < Channels; channel++)
        {
            w.Vmov(R(2 * channel), S(Biases + channel));
            w.Vmov(R((2 * channel) + 1), S(Biases + channel));
        }
    }

    /// <summary>Turns sums into bytes.</summary>
    public void Bytes()
    {
        if (stage.SharedShift is not null)
        {
            w.Vmov(R(9), SharedOffset);
            if (unsigned)
            {
                w.Vmov(R(10), SharedUnsignedOffset);
            }
        }

        for (var channel = 0; channel < Channels; channel++)
        {
            Channel(channel, [R(2 * channel), R((2 * channel) + 1)]);
        }
    }

    /// <summary>The constants of channels <paramref name="first"/> to first + 3, as the table holds them.</summary>
    /// <param name="bias">Of each channel, times 256.</param>
    public static IEnumerable<int> TableOf(OutputStage stage, bool unsigned, IReadOnlyList<int> bias, int first)
    {
        var channels = Enumerable.Range(first, Channels).Select(c => Math.Min(c, bias.Count - 1)).ToArray();
        IEnumerable<int> table = [.. channels.Select(c => unchecked(bias[c] + stage.Channels[c].Delta)), .. channels.Select(c => stage.Channels[c].Multiplier)];
        return (stage.SharedShift, stage.HasSignFix) switch
        {
            (null, _) =>
            [
                .. table,
                .. channels.Select(c => stage.Channels[c].Offset + (unsigned && c % 2 == 0 ? 128 << stage.Channels[c].Shift : 0)),
                .. channels.Select(c => stage.Channels[c].ShiftWord),
            ],
            (_, true) => [.. table, .. channels.Select(c => stage.Channels[c].SignFix)],
            _ => table,
        };
    }

    private void Channel(int channel, Reg[] sums)
    {
        var isUnsigned = unsigned && channel % 2 == 0;
        var (multiplier, shift, fix, corrected) = (R(8), R(10), R(14), R(11));
        var own = stage.SharedShift is null;
        var offset = isUnsigned && !own ? R(10) : R(9);

        w.Vmov(multiplier, S(Multipliers + channel));
        if (own)
        {
            w.Vmov(offset, S(Offsets + channel));
            w.Vmov(shift, S(Shifts + channel));
            if (stage.HasSignFix)
            {
                w.Asr(fix, shift, OutputChannel.SignFixAt);
            }
        }
        else if (stage.HasSignFix)
        {
            w.Vmov(fix, S(SignFixes + channel));
        }

        foreach (var sum in sums)
        {
            if (stage.HasSignFix)
            {
                w.AndAsr(corrected, fix, sum, 31);
                w.Add(corrected, corrected, offset);
            }

            w.Smmla(sum, multiplier, stage.HasSignFix ? corrected : offset);
        }

        foreach (var sum in sums.Where(_ => own))
        {
            w.Asr(sum, sum, shift);
        }

        foreach (var sum in sums)
        {
            w.Sat8(sum, isUnsigned, stage.SharedShift ?? 0);
        }

        foreach (var sum in sums)
        {
            Clamp(sum, isUnsigned ? 128 : 0);
        }
    }

    private void Clamp(Reg sum, int bias)
    {
        if (stage.Min > sbyte.MinValue)
        {
            w.Limit(sum, stage.Min + bias, low: true);
        }

        if (stage.Max < sbyte.MaxValue)
        {
            w.Limit(sum, stage.Max + bias, low: false);
        }
    }
}
