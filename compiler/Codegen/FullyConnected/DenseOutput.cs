// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using TinyInfer.Compiler.Ops;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.FullyConnected;

/// <summary>
/// Turns the sums of a block of rows into bytes, by the formula of <see cref="OutputStage"/>. Of each row the table has a bias. It begins with what all rows
/// share of multiplier and offset; else each row has a multiplier where rows share all other constants, or multiplier, offset, shift and sign fix. Sums that are not scaled have a
/// bias, a multiplier and a shift: floor((sum * multiplier + 2^30) / 2^31), then halved with halves away from zero, as the reference does it.
/// </summary>
internal sealed class DenseOutput(ThumbWriter w, DenseShape shape)
{
    private const int MultipliersAtOnce = 3;
    private static readonly Fp SharedOffset = S(9);
    private static readonly Fp SharedSignFix = S(10);
    private static readonly Fp SharedMultiplier = S(12);

    /// <summary>Of the constants of a block.</summary>
    public int TableBytes => shape.BlockRows * sizeof(int) * (shape.Stepwise is not null ? 3 : shape.Shared is null ? 5 : shape.SharesMultiplier ? 1 : 2);

    /// <summary>The whole table.</summary>
    /// <param name="block">The constants of a block of rows from one on.</param>
    public static int[] TableOf(DenseShape shape, Func<int, IEnumerable<int>> block) =>
    [
        .. shape.SharesMultiplier ? [shape.Shared!.Value.Multiplier] : Array.Empty<int>(),
        .. shape.Shared is { } shared ? [shared.Offset] : Array.Empty<int>(),
        .. Enumerable.Range(0, shape.Blocks).SelectMany(number => block(shape.FirstRow(number))),
    ];

    /// <summary>The constants of a block of rows from <paramref name="first"/> on.</summary>
    public static IEnumerable<int> TableOf(DenseShape shape, IReadOnlyList<OutputChannel> channels, IReadOnlyList<int> bias, int first)
    {
        var block = Enumerable.Range(first, shape.BlockRows).ToArray();
        return
        [
            .. block.Select(o => unchecked((256 * bias[o]) + channels[o].Delta)),
            .. shape.SharesMultiplier ? [] : shape.Shared is not null
                ? block.Select(o => channels[o].Multiplier)
                : block.SelectMany(o => new[] { channels[o].Multiplier, channels[o].Offset, channels[o].Shift, channels[o].SignFix }),
        ];
    }

    /// <summary>The same for sums that are not scaled.</summary>
    public static IEnumerable<int> TableOf(DenseShape shape, IReadOnlyList<Requantization> scales, IReadOnlyList<int> bias, int first)
    {
        var block = Enumerable.Range(first, shape.BlockRows).ToArray();
        return [.. block.Select(o => bias[o]), .. block.SelectMany(o => new[] { scales[o].Multiplier, -scales[o].Shift - 1 })];
    }

    /// <summary>Constants of the whole layer. Loses r8.</summary>
    /// <param name="table">Moves on to the first block's.</param>
    public void Start(Reg table)
    {
        if (shape.SharesMultiplier)
        {
            w.LdrThenAdd(R(8), table, sizeof(int));
            w.Vmov(SharedMultiplier, R(8));
        }

        if (shape.Shared is { } shared)
        {
            w.LdrThenAdd(R(8), table, sizeof(int));
            w.Vmov(SharedOffset, R(8));
            w.Constant(R(8), shared.SignFix);
            w.Vmov(SharedSignFix, R(8));
        }
    }

    /// <summary>Loses r6-r12 and lr; moves the table and the output on.</summary>
    public void Emit(IReadOnlyList<Reg> sums, Fp tableAt, Fp outAt)
    {
        var table = R(12);
        w.Vmov(table, tableAt);
        w.Vmov(R(14), outAt);
        if (shape.Stepwise is { } zeroPoint)
        {
            Stepwise(sums, table, zeroPoint);
        }
        else if (shape.Shared is { } shared)
        {
            Shared(sums, shared, table);
        }
        else
        {
            Own(sums, table);
        }

        w.Vmov(tableAt, table);
        w.AddSmall(R(14), sums.Count);
        w.Vmov(outAt, R(14));
    }

    private void Shared(IReadOnlyList<Reg> sums, OutputChannel shared, Reg table)
    {
        var (offset, fix, corrected) = (R(9), R(10), R(11));
        w.Vmov(offset, SharedOffset);
        if (shared.SignFix != 0)
        {
            w.Vmov(fix, SharedSignFix);
        }

        if (shape.SharesMultiplier)
        {
            w.Vmov(R(6), SharedMultiplier);
        }

        foreach (var rows in sums.Chunk(MultipliersAtOnce))
        {
            Reg[] multipliers = [.. rows.Select((_, row) => R(shape.SharesMultiplier ? 6 : 6 + row))];
            if (!shape.SharesMultiplier)
            {
                w.LdmThenAdd(table, multipliers);
            }

            foreach (var (sum, multiplier) in rows.Zip(multipliers))
            {
                if (shared.SignFix != 0)
                {
                    w.AndAsr(corrected, fix, sum, 31);
                    w.Add(corrected, corrected, offset);
                }

                w.Smmla(sum, multiplier, shared.SignFix != 0 ? corrected : offset);
            }
        }

        foreach (var sum in sums)
        {
            w.Sat8(sum, unsigned: false, shared.Shift);
            Store(sum);
        }
    }

    private void Own(IReadOnlyList<Reg> sums, Reg table)
    {
        var (multiplier, offset, shift, fix) = (R(8), R(9), R(10), R(11));
        foreach (var sum in sums)
        {
            w.LdmThenAdd(table, multiplier, offset, shift, fix);
            w.AndAsr(fix, fix, sum, 31);
            w.Add(offset, offset, fix);
            w.Smmla(sum, multiplier, offset);
            w.Asr(sum, sum, shift);
            w.Sat8(sum, unsigned: false, 0);
            Store(sum);
        }
    }

    private void Stepwise(IReadOnlyList<Reg> sums, Reg table, int zeroPoint)
    {
        var (multiplier, shift, spare) = (R(8), R(9), R(10));
        foreach (var sum in sums)
        {
            w.LdmThenAdd(table, multiplier, shift);
            w.RoundingHighMultiply(sum, multiplier, spare);
            w.AddSign(sum);
            w.Asr(sum, sum, shift);
            w.AddSmall(sum, 1);
            w.Asr(sum, sum, 1);
            w.AddSmall(sum, zeroPoint);
            w.Sat8(sum, unsigned: false, 0);
            Store(sum);
        }
    }

    private void Store(Reg sum)
    {
        if (shape.Min > sbyte.MinValue)
        {
            w.Limit(sum, shape.Min, low: true);
        }

        if (shape.Max < sbyte.MaxValue)
        {
            w.Limit(sum, shape.Max, low: false);
        }

        w.Strb(sum, R(14), sum.Number);
    }
}
