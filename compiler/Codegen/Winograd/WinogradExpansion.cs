// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Winograd;

/// <summary>
/// The code that transforms row-major weights of four output channels on the device, U = G w G': no flash, more cycles. Two input channels
/// share a word; bare of the factors of <see cref="WinogradTile.Weights"/>, which the output transform then has,
/// <code>
///        1  0  0
///        1  1  1
///   G =  1 -1  1      |U| is at most 7 * 7 * 128 = 6272
///        1  2  4
///        1 -2  4
///        0  0  1
/// </code>
/// SADD16 and SSUB16 do everything. All nine taps stay in registers: rows of G w are made one after the other in place of the first row of
/// taps, in the order in which each follows from the one before, and each is multiplied by G' and stored at once. On Cortex-M7 a store stands
/// beside each addition. Smaller tiles have the first three rows of G and the last one.
/// </summary>
internal sealed class WinogradExpansion(ThumbWriter w, WinogradShape shape)
{
    private const int Taps = 3;
    private static readonly Reg Spare = R(0);
    private static readonly Reg Out = R(1);
    private static readonly Reg[] A = [R(2), R(3), R(4)];
    private static readonly Reg[] B = [R(5), R(6), R(7)];
    private static readonly Reg[] C = [R(8), R(9), R(10)];
    private static readonly (Reg First, Reg Second, Reg Third) T = (R(11), R(12), R(14));

    private static readonly Fp Block = S(0);
    private static readonly Fp Channels = S(1);
    private static readonly Fp Groups = S(2);
    private static readonly Fp Weights = S(3);
    private static readonly Fp Shift = S(4);

    private int Points => shape.Tile.Points;

    private int PointStep => shape.BlockPositionBytes;

    private int PairStep => shape.BlockChannels * sizeof(int);

    private bool HasTwos => Points > 4;

    /// <summary>True when stores reach all points.</summary>
    public static bool Serves(WinogradShape shape) => (shape.Tile.Points - 1) * shape.BlockPositionBytes <= LargestOffset;

    /// <summary>Cycles for one block.</summary>
    public static double Cycles(WinogradShape shape, Core core)
    {
        var (m4, m7) = shape.Tile == WinogradTile.F4 ? (345.0, 270.0) : (175.0, 150.0);
        return shape.BlockChannels * shape.Depth / 4 * (core == Core.CortexM7 ? m7 : m4);
    }

    /// <summary>In: r0 address of the weights of the first channel, s0 of the block.</summary>
    public void Emit()
    {
        w.Vmov(Weights, R(0));
        w.Constant(T.First, shape.BlockChannels);
        w.Vmov(Channels, T.First);
        var channel = w.Loop();
        w.Vmov(Out, Block);
        w.Constant(T.First, shape.Depth / 4);
        w.Vmov(Groups, T.First);
        var group = w.Loop();
        w.Constant(T.First, 0);
        w.Vmov(Shift, T.First);
        var half = w.Loop();
        Load();
        Multiply();
        w.Vmov(T.First, Shift);
        w.Cmp(T.First, 0);
        w.Constant(T.First, 8);
        w.Vmov(Shift, T.First);
        w.Branch("eq", half);

        w.Add(Weights, 4, Spare, T.First);
        Count(Groups, group);
        w.Add(Weights, 8 * shape.Depth, Spare, T.First);
        w.Add(Block, 4, Spare, T.First);
        Count(Channels, channel);
    }

    // Bytes 0 and 2 of each tap's word, or 1 and 3.
    private void Load()
    {
        Reg[] taps = [.. A, .. B, .. C];
        w.Vmov(Spare, Weights);
        w.Vmov(T.First, Shift);
        foreach (var (index, tap) in taps.Index())
        {
            w.Ldr(tap, Spare, index * shape.Depth);
        }

        w.Lsr(taps[0], taps[0], T.First);
        w.Lsr(taps[1], taps[1], T.First);
        for (var tap = 0; tap < taps.Length; tap++)
        {
            w.Sxtb16(taps[tap], taps[tap]);
            if (tap + 2 < taps.Length)
            {
                w.Lsr(taps[tap + 2], taps[tap + 2], T.First);
            }
        }
    }

    private void Multiply()
    {
        Row(A, next: 0);
        Row(C, Points - 1);
        for (var j = 0; j < Taps; j++)
        {
            w.Sadd16(A[j], A[j], C[j]);
            w.Sadd16(A[j], A[j], B[j]);
        }

        Row(A, 2 - Points); // a + b + c
        for (var j = 0; j < Taps; j++)
        {
            w.Ssub16(A[j], A[j], B[j]);
            w.Ssub16(A[j], A[j], B[j]);
        }

        Row(A, next: 1); // a - b + c
        if (!HasTwos)
        {
            w.Add(Out, Out, PairStep - (2 * Points * PointStep), Spare);
            return;
        }

        for (var j = 0; j < Taps; j++)
        {
            w.Sadd16(T.First, C[j], C[j]);
            w.Sadd16(C[j], C[j], T.First);
            w.Sadd16(A[j], A[j], C[j]);
            w.Ssub16(A[j], A[j], B[j]);
        }

        Row(A, next: 2); // a - 2b + 4c
        for (var j = 0; j < Taps; j++)
        {
            w.Sadd16(B[j], B[j], B[j]);
            w.Sadd16(B[j], B[j], B[j]);
            w.Sadd16(A[j], A[j], B[j]);
        }

        Row(A, next: -1); // a + 2b + 4c
        w.Add(Out, Out, PairStep - (3 * Points * PointStep), Spare);
    }

    /// <summary>One row of G w by G', stored. What moves the place stands beside the first additions, early enough for the first store.</summary>
    /// <param name="next">Rows from the one before.</param>
    private void Row(Reg[] taps, int next)
    {
        var (a, b, c) = (taps[0], taps[1], taps[2]);
        var step = next * Points * PointStep;
        var isFar = Math.Abs(step) > LargestOffset;
        w.Sadd16(T.First, a, c);
        if (isFar)
        {
            w.Constant(Spare, Math.Abs(step));
        }

        w.Sadd16(T.Second, T.First, b);
        if (!isFar)
        {
            w.Add(Out, Out, step, Spare);
        }
        else if (step > 0)
        {
            w.Add(Out, Out, Spare);
        }
        else
        {
            w.Sub(Out, Out, Spare);
        }

        w.Ssub16(T.First, T.First, b);
        if (!HasTwos)
        {
            w.Str(a, Out, 0);
            w.Str(T.Second, Out, PointStep);
            w.Str(T.First, Out, 2 * PointStep);
            w.Str(c, Out, (Points - 1) * PointStep);
            return;
        }

        w.Sadd16(T.Third, c, c);
        w.Str(a, Out, 0);
        w.Sadd16(T.Third, T.Third, T.Third);
        w.Str(T.Second, Out, PointStep);
        w.Sadd16(T.Second, b, b);
        w.Str(T.First, Out, 2 * PointStep);
        w.Sadd16(T.Third, a, T.Third);
        w.Str(c, Out, (Points - 1) * PointStep);
        w.Sadd16(T.First, T.Third, T.Second);
        w.Str(T.First, Out, 3 * PointStep);
        w.Ssub16(T.Third, T.Third, T.Second);
        w.Str(T.Third, Out, 4 * PointStep);
    }

    private void Count(Fp counter, string loop)
    {
        w.Vmov(Spare, counter);
        w.Subs(Spare, 1);
        w.Vmov(counter, Spare);
        w.Branch("ne", loop);
    }
}
