// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ops;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Patch;

/// <summary>
/// Turns the sums of a block into outputs as the reference does it, step by step:
/// <code>
/// floor((sum * multiplier + 2^30) / 2^31), then halved with halves away from zero
/// floor((sum * multiplier + 2^(shift - 1)) / 2^shift)                               of 64-bit sums
/// </code>
/// The second with a multiplier 2^16 times as large, so that the shift is beyond 32 and the product's lower word does not matter.
/// </summary>
internal sealed class PatchOutput(ThumbWriter w, PatchShape shape)
{
    private const int WideBits = 16;
    private const int WordBits = 32;
    private const int WideTableWords = 4;
    private const int Low = short.MinValue;
    private const int High = short.MaxValue;

    /// <summary>Shift of 64-bit sums from which on the form above is right.</summary>
    public const int LeastWideShift = WordBits - WideBits + 1;

    /// <summary>True where every channel shifts to the right, or all to the left alike.</summary>
    public static bool Fits(IReadOnlyList<Requantization> scales) => scales.All(scale => scale.Shift < 0) || scales.All(scale => scale.Shift == scales[0].Shift);

    public static int? LeftOf(IReadOnlyList<Requantization> scales) => scales[0].Shift < 0 ? null : scales[0].Shift;

    private bool IsWide => shape.Kind == PatchOutputKind.S16Wide;

    /// <summary>Bytes of a block's constants.</summary>
    public int TableBytes => shape.BlockRows * sizeof(int) * (IsWide ? WideTableWords : 3);

    /// <summary>The constants of a block of channels from <paramref name="first"/> on.</summary>
    public static IEnumerable<int> TableOf(PatchShape shape, IReadOnlyList<int> bias, IReadOnlyList<Requantization> scales, int first)
    {
        var block = Enumerable.Range(first, shape.BlockRows).ToArray();
        return
        [
            .. block.Select(o => bias[o]),
            .. block.SelectMany(o => shape.Kind == PatchOutputKind.S16Wide ? Wide(scales[o], shape.Raised) : [scales[o].Multiplier, -scales[o].Shift - 1]),
        ];
    }

    /// <summary>Loses r6-r12 and lr; moves the table on.</summary>
    public void Emit(IReadOnlyList<Reg> sums, Fp tableAt, Fp outAt)
    {
        var (multiplier, shift, other, limit, table, output) = (R(8), R(9), R(10), R(11), R(12), R(14));
        w.Vmov(table, tableAt);
        w.Vmov(output, outAt);
        foreach (var sum in sums)
        {
            if (IsWide)
            {
                if (shape.Raised > 0)
                {
                    w.Lsl(sum, sum, shape.Raised);
                }

                w.LdmThenAdd(table, multiplier, shift, other);
                w.Smmla(sum, multiplier, shift);
                w.Asr(sum, sum, other);
            }
            else
            {
                w.LdmThenAdd(table, multiplier, shift);
                if (shape.Left > 0)
                {
                    w.Lsl(sum, sum, shape.Left.Value);
                }

                w.RoundingHighMultiply(sum, multiplier, other);
                if (shape.Left is null)
                {
                    w.AddSign(sum);
                    w.Asr(sum, sum, shift);
                    w.AddSmall(sum, 1);
                    w.Asr(sum, sum, 1);
                }

                if (shape.ZeroPoint != 0)
                {
                    w.AddSmall(sum, shape.ZeroPoint);
                }
            }

            Store(sum, limit, output);
        }

        w.Vmov(tableAt, table);
    }

    // Multiplier and shift are those of ti_multiply_wide.
    private static int[] Wide(Requantization scale, int raised)
    {
        var shift = scale.Shift + raised + WideBits - WordBits;
        return [scale.Multiplier << WideBits, 1 << (shift - 1), shift];
    }

    private void Store(Reg sum, Reg limit, Reg output)
    {
        if (shape.Kind == PatchOutputKind.S8)
        {
            w.Sat8(sum, unsigned: false, 0);
            Limit(sum, sbyte.MinValue, sbyte.MaxValue, limit);
            w.Strb(sum, output, sum.Number);
        }
        else
        {
            w.Sat16(sum);
            Limit(sum, Low, High, limit);
            w.Strh(sum, output, sizeof(short) * sum.Number);
        }
    }

    private void Limit(Reg sum, int least, int most, Reg limit)
    {
        if (shape.Min > least)
        {
            w.Constant(limit, shape.Min);
            w.Limit(sum, limit, low: true);
        }

        if (shape.Max < most)
        {
            w.Constant(limit, shape.Max);
            w.Limit(sum, limit, low: false);
        }
    }
}
