// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Winograd;

/// <summary>
/// The code of the output transform y = A' m A of two tiles and four channels, and of the way from there to bytes:
/// <code>
///         1  1  1  1  1  0
///   A' =  0  1 -1  2 -2  0
///         0  1  1  4  4  0
///         0  1 -1  8 -8  4      (4: see <see cref="WinogradWeights"/>)
/// </code>
/// gives 24 * 24 = 576 = 64 * 9 times the sum of the convolution, mod 2^32. 9 is odd and has an inverse mod 2^32: a product with four times
/// that inverse leaves 256 times the sum, which fits 32 bits and so is exact, whatever has wrapped before. Weights from
/// <see cref="WinogradExpansion"/> lack factors of 6, -4, -4, 1, 1 and 6 for each row and column; then A' has them, less 1, 2, 4 and 4, which its rows have in common.
/// </summary>
internal sealed class WinogradOutput(ThumbWriter w, WinogradShape shape)
{
    private const int Tile = WinogradShape.Tile;
    private const int Points = WinogradShape.Points;
    private const int LargestOffset = 4095;
    private const uint InverseOfNine = 0x38E38E39;
    private const int RowsAt = 8;
    private static readonly Reg[] M = [R(1), R(3), R(4), R(5), R(6), R(7)];
    private static readonly Reg In = R(0);
    private static readonly Reg Out = R(2);
    private static readonly Reg Spare = R(8);
    private static readonly Reg Inverse = R(9);
    private static readonly Reg Bias = R(10);
    private static readonly Reg Multiplier = R(11);
    private static readonly Reg Offset = R(12);
    private static readonly Reg ShiftOrFix = R(14);

    private static readonly Fp TileStep = S(0);
    private static readonly Fp Table = S(1);
    private static readonly Fp Channels = S(2);
    private static readonly Fp Tiles = S(3);
    private static readonly Fp OutChannel = S(4);
    private static readonly Fp SavedIn = S(6);
    private static readonly Fp RowStep = S(7);

    private bool IsFar => 3 * (shape.OutRowBytes + shape.OutDepth) > LargestOffset;

    /// <summary>The constants of a channel, in the order of the registers.</summary>
    /// <param name="bias">For inputs that are 128 larger, times 256.</param>
    public static IEnumerable<int> TableOf(OutputStage stage, int channel, int bias)
    {
        var constants = stage.Channels[channel];
        return [unchecked(bias + constants.Delta), constants.Multiplier, constants.Offset, stage.SharedShift is null ? constants.ShiftWord : constants.SignFix];
    }

    public static int TableBytes => 4 * sizeof(int);

    /// <summary>In: r0 address of the sums, s0 bytes from the first tile of the output to the second, s1 address of the table, s4 of the output.</summary>
    public void Emit()
    {
        if (IsFar)
        {
            w.Constant(Spare, shape.OutRowBytes);
            w.Vmov(RowStep, Spare);
        }

        w.Vmov(Out, OutChannel);
        w.Constant(R(12), WinogradShape.BlockChannels);
        w.Vmov(Channels, R(12));
        var channel = w.Loop();
        w.Constant(R(12), 2);
        w.Vmov(Tiles, R(12));
        var tile = w.Loop();
        Rows();
        Columns();

        w.Vmov(In, SavedIn);
        w.AddSmall(In, sizeof(int));
        w.Vmov(R(3), TileStep);
        w.Add(Out, Out, R(3));
        w.Vmov(R(12), Tiles);
        w.Subs(R(12), 1);
        w.Vmov(Tiles, R(12));
        w.Branch("ne", tile);

        w.Add(Table, TableBytes, R(1), R(3));
        w.Vmov(Out, OutChannel);
        w.AddSmall(Out, 1);
        w.Vmov(OutChannel, Out);
        w.Vmov(R(12), Channels);
        w.Subs(R(12), 1);
        w.Vmov(Channels, R(12));
        w.Branch("ne", channel);
    }

    // What remains of six rows of six is six rows of four, in s8-s31.
    private void Rows()
    {
        const int PositionBytes = WinogradShape.BlockChannels * 2 * sizeof(int);
        for (var row = 0; row < Points; row++)
        {
            for (var column = 0; column < Points; column++)
            {
                w.Ldr(M[column], In, ((row * Points) + column) * PositionBytes);
            }

            foreach (var (column, value) in Transform(R(8), R(9)).Index())
            {
                w.Vmov(S(RowsAt + (row * Tile) + column), value);
            }
        }

        w.Vmov(SavedIn, In);
    }

    private void Columns()
    {
        w.Vmov(Bias, Table);
        w.Ldm(Bias, Bias, Multiplier, Offset, ShiftOrFix);
        for (var column = 0; column < Tile; column++)
        {
            if (column == 0 || CommonShift(column) != CommonShift(column - 1))
            {
                w.Constant(Inverse, unchecked((int)((4 * InverseOfNine) << CommonShift(column))));
            }

            for (var row = 0; row < Points; row++)
            {
                w.Vmov(M[row], S(RowsAt + (row * Tile) + column));
            }

            var sums = Transform(R(8), R(0));
            foreach (var (row, sum) in sums.Index().Where(item => CommonShift(item.Index) > 0))
            {
                w.Lsl(sum, sum, CommonShift(row));
            }

            Bytes(sums);
            Store(sums, column);
        }
    }

    /// <summary>Six values of M by one row of A' each; returns where the four results are.</summary>
    private Reg[] Transform(Reg a, Reg b)
    {
        w.Add(a, M[1], M[2]);
        w.Sub(M[2], M[1], M[2]);
        w.Add(b, M[3], M[4]);
        w.Sub(M[4], M[3], M[4]);
        if (shape.Expands)
        {
            w.Add(M[0], M[0], M[0], 1);
            w.Sub(M[1], b, a, 2);
            w.Add(M[5], M[5], M[5], 1);
            w.Add(M[0], M[1], M[0], 1);
            w.Sub(M[1], M[4], M[2], 1);
            w.Add(M[5], M[4], M[5]);
            w.Sub(M[3], b, a);
            w.Rsb(M[5], M[2], M[5], 1);
            return [M[0], M[1], M[3], M[5]];
        }

        w.Add(M[0], M[0], a);
        w.Add(M[5], M[2], M[5], 2);
        w.Add(M[0], M[0], b);
        w.Add(M[1], M[2], M[4], 1);
        w.Add(M[3], a, b, 2);
        w.Add(M[5], M[5], M[4], 3);
        return [M[0], M[1], M[3], M[5]];
    }

    // What a row of A' has in common as a power of two, where it has the factors of the weights.
    private int CommonShift(int row) => shape.Expands ? Math.Min(row, 2) : 0;

    private void Bytes(Reg[] sums)
    {
        var stage = shape.Output;
        foreach (var sum in sums)
        {
            w.Mla(sum, sum, Inverse, Bias);
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

        foreach (var sum in sums)
        {
            w.Sat8(sum, unsigned: false, stage.SharedShift ?? 0);
        }

        foreach (var sum in sums)
        {
            if (stage.Min > sbyte.MinValue)
            {
                w.Limit(sum, stage.Min, low: true);
            }

            if (stage.Max < sbyte.MaxValue)
            {
                w.Limit(sum, stage.Max, low: false);
            }
        }
    }

    private void Store(Reg[] sums, int column)
    {
        if (!IsFar)
        {
            foreach (var (row, sum) in sums.Index())
            {
                w.Strb(sum, Out, (row * shape.OutRowBytes) + (column * shape.OutDepth));
            }

            return;
        }

        w.Vmov(Spare, RowStep);
        foreach (var (row, sum) in sums.Index())
        {
            if (row > 0)
            {
                w.Add(R(0), row == 1 ? Out : R(0), Spare);
            }

            w.Strb(sum, row == 0 ? Out : R(0), column * shape.OutDepth);
        }
    }
}
