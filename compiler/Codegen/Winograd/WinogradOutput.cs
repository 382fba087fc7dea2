// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Winograd;

/// <summary>
/// The code of the output transform y = A' m A of all tiles of a pass and a block of channels, and of the way from there to bytes. Rows of sums first,
/// in place; then columns: each of both loops fits the line caches of slow flash.
/// </summary>
internal sealed class WinogradOutput(ThumbWriter w, WinogradShape shape)
{
    private const int Word = sizeof(int);
    private const int PositionBytes = WinogradShape.Sums * Word;
    private static readonly Reg[] M = [R(1), R(3), R(4), R(5), R(6), R(7)];
    private static readonly Reg In = R(0);
    private static readonly Reg Out = R(2);
    private static readonly Reg Spare = R(8);
    private static readonly Reg Rescale = R(9);
    private static readonly Reg Bias = R(10);
    private static readonly Reg Multiplier = R(11);
    private static readonly Reg Offset = R(12);
    private static readonly Reg ShiftOrFix = R(14);

    /// <summary>Not used.</summary>
    public static readonly Fp Back = S(9);

    private static readonly Fp Sums = S(0);
    private static readonly Fp Table = S(1);
    private static readonly Fp OutChannel = S(2);
    private static readonly Fp Entries = S(3);
    private static readonly Fp Channels = S(4);
    private static readonly Fp Tiles = S(5);
    private static readonly Fp Entry = S(6);
    private static readonly Fp SavedIn = S(7);
    private static readonly Fp RowStep = S(8);

    private WinogradTile Tile => shape.Tile;

    private bool IsFar => (Tile.Outputs - 1) * (shape.OutRowBytes + shape.OutDepth) > LargestOffset;

    /// <summary>The constants of a channel, in the order of the registers.</summary>
    /// <param name="bias">For inputs that are 128 larger, times 256.</param>
    public static IEnumerable<int> TableOf(OutputStage stage, int channel, int bias)
    {
        var constants = stage.Channels[channel];
        return [unchecked(bias + constants.Delta), constants.Multiplier, constants.Offset, stage.SharedShift is null ? constants.ShiftWord : constants.SignFix];
    }

    public static int TableBytes => 4 * Word;

    /// <summary>In: s0 address of the sums, s1 of the table, s2 of the outputs of the pass at the first channel, s3 of <see cref="WinogradTiles"/>.</summary>
    public void Emit()
    {
        w.Vmov(In, Sums);
        w.Repeat(R(14), shape.Groups, Rows);
        if (IsFar)
        {
            w.Constant(Spare, shape.OutRowBytes);
            w.Vmov(RowStep, Spare);
        }

        w.Constant(R(12), shape.BlockChannels);
        w.Vmov(Channels, R(12));
        var channel = w.Loop();
        Channel();
        w.Add(Table, TableBytes, R(1), R(3));
        w.Add(Sums, WinogradTiles.ChannelSums(shape) * Word, R(1), R(3));
        w.Add(OutChannel, 1, R(1), R(3));
        w.Vmov(R(12), Channels);
        w.Subs(R(12), 1);
        w.Vmov(Channels, R(12));
        w.Branch("ne", channel);
    }

    // What remains of the sums of a row of points is those of the outputs, at its first positions.
    private void Rows()
    {
        w.Repeat(R(12), WinogradShape.Sums, () =>
        {
            for (var row = 0; row < Tile.Points; row++)
            {
                for (var column = 0; column < Tile.Points; column++)
                {
                    w.Ldr(M[column], In, ((row * Tile.Points) + column) * PositionBytes);
                }

                foreach (var (column, value) in Tile.Output(w, M, R(8), R(9), shape.Expands).Index())
                {
                    w.Str(value, In, ((row * Tile.Points) + column) * PositionBytes);
                }
            }

            w.AddSmall(In, Word);
        });
        w.AddSmall(In, shape.SumsBytes - PositionBytes);
    }

    private void Channel()
    {
        w.Vmov(Bias, Entries);
        w.Add(Bias, Bias, WinogradTiles.OutputAt, Spare);
        w.Vmov(Entry, Bias);
        w.Vmov(Bias, Table);
        w.Ldm(Bias, Bias, Multiplier, Offset, ShiftOrFix);
        w.Constant(Spare, shape.PassTiles);
        w.Vmov(Tiles, Spare);
        var tile = w.Loop();
        w.Vmov(Spare, Entry);
        w.LdrdThenAdd(In, Out, Spare, WinogradTiles.EntryBytes);
        w.Vmov(Entry, Spare);
        w.Vmov(R(1), Sums);
        w.Vmov(R(3), OutChannel);
        w.Add(In, In, R(1));
        w.Vmov(SavedIn, In);
        w.Add(Out, Out, R(3));
        Columns();
        w.Vmov(Spare, Tiles);
        w.Subs(Spare, 1);
        w.Vmov(Tiles, Spare);
        w.Branch("ne", tile);
    }

    private void Columns()
    {
        for (var column = 0; column < Tile.Outputs; column++)
        {
            if (column == 0 || CommonShift(column) != CommonShift(column - 1))
            {
                w.Constant(Rescale, Tile.Rescale << CommonShift(column));
            }

            if (column > 0)
            {
                w.Vmov(In, SavedIn);
            }

            for (var row = 0; row < Tile.Points; row++)
            {
                w.Ldr(M[row], In, ((row * Tile.Points) + column) * PositionBytes);
            }

            var sums = Tile.Output(w, M, R(8), R(0), shape.Expands);
            foreach (var (row, sum) in sums.Index().Where(item => CommonShift(item.Index) > 0))
            {
                w.Lsl(sum, sum, CommonShift(row));
            }

            Bytes(sums);
            Store(sums, column);
        }
    }

    private int CommonShift(int row) => Tile.CommonShift(row, shape.Expands);

    private void Bytes(Reg[] sums)
    {
        var stage = shape.Output;
        foreach (var sum in sums)
        {
            w.Mla(sum, sum, Rescale, Bias);
        }

        foreach (var sum in sums)
        {
            if (stage.HasSignFix && stage.SharedShift is null)
            {
                w.Asr(Spare, ShiftOrFix, OutputChannel.SignFixAt);
                w.AndAsr(Spare, Spare, sum, 31);
                w.Add(Spare, Spare, Offset);
            }
            else if (stage.HasSignFix)
            {
                w.AndAsr(Spare, ShiftOrFix, sum, 31);
                w.Add(Spare, Spare, Offset);
            }

            w.Smmla(sum, Multiplier, stage.HasSignFix ? Spare : Offset);
        }

        foreach (var sum in sums.Where(_ => stage.SharedShift is null))
        {
            w.Asr(sum, sum, ShiftOrFix);
        }
    }

    private void Saturate(Reg sum)
    {
        var stage = shape.Output;
        w.Sat8(sum, unsigned: false, stage.SharedShift ?? 0);
        if (stage.Min > sbyte.MinValue)
        {
            w.Limit(sum, stage.Min, low: true);
        }

        if (stage.Max < sbyte.MaxValue)
        {
            w.Limit(sum, stage.Max, low: false);
        }
    }

    // On Cortex-M7 a store stands beside what saturates.
    private void Store(Reg[] sums, int column)
    {
        if (!IsFar)
        {
            foreach (var (row, sum) in sums.Index())
            {
                Saturate(sum);
                w.Strb(sum, Out, (row * shape.OutRowBytes) + (column * shape.OutDepth));
            }

            return;
        }

        w.Vmov(Spare, RowStep);
        foreach (var (row, sum) in sums.Index())
        {
            Saturate(sum);
            if (row > 0)
            {
                w.Add(R(0), row == 1 ? Out : R(0), Spare);
            }

            w.Strb(sum, row == 0 ? Out : R(0), column * shape.OutDepth);
        }
    }
}
