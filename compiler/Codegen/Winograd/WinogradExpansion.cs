// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Winograd;

/// <summary>
/// The code of what <see cref="WinogradWeights"/> computes on the PC, for four output channels, from row-major weights: no flash, more
/// cycles. Two input channels share a word; as no number exceeds 16 bits, SADD16 and SSUB16 do everything.
/// </summary>
internal sealed class WinogradExpansion(ThumbWriter w, WinogradShape shape)
{
    private const int Points = WinogradShape.Points;
    private const int Taps = 3;
    private const int FirstColumn = 8;
    private const int PairStep = 16;
    private static readonly Reg Weights = R(0);
    private static readonly Reg Out = R(1);
    private static readonly Reg Shift = R(2);
    private static readonly Reg Zero = R(12);
    private static readonly Reg Spare = R(14);

    private static readonly Fp Block = S(0);
    private static readonly Fp Channels = S(1);
    private static readonly Fp Groups = S(2);

    /// <summary>Cycles for one block.</summary>
    public static double Cycles(WinogradShape shape, Core core) => WinogradShape.BlockChannels * shape.Depth / 4 * (core == Core.CortexM7 ? 525.0 : 560.0);

    /// <summary>In: r0 address of the weights of the first channel, s0 of the block.</summary>
    public void Emit()
    {
        w.Constant(Zero, 0);
        w.Constant(Spare, WinogradShape.BlockChannels);
        w.Vmov(Channels, Spare);
        var channel = w.Loop();
        w.Vmov(Out, Block);
        w.Constant(Spare, shape.Depth / 4);
        w.Vmov(Groups, Spare);
        var group = w.Loop();
        w.Constant(Shift, 0);
        var half = w.Loop();
        Columns();
        Rows();
        w.Add(Out, Out, PairStep - shape.BlockBytes, Spare);
        w.Cmp(Shift, 0);
        w.Constant(Shift, 8);
        w.Branch("eq", half);

        w.AddSmall(Weights, 4);
        Count(Groups, group);
        w.Add(Weights, Weights, 8 * shape.Depth, Spare);
        w.Add(Block, 4, Spare, R(3));
        Count(Channels, channel);
    }

    // Six rows of three, in s8-s25.
    private void Columns()
    {
        for (var column = 0; column < Taps; column++)
        {
            Reg[] taps = [R(3), R(4), R(5)];
            foreach (var (row, tap) in taps.Index())
            {
                w.Ldr(tap, Weights, ((row * Taps) + column) * shape.Depth);
            }

            foreach (var tap in taps)
            {
                w.Lsr(tap, tap, Shift);
                w.Sxtb16(tap, tap);
            }

            foreach (var (row, value) in Transform().Index())
            {
                w.Vmov(S(FirstColumn + (row * Taps) + column), value);
            }
        }
    }

    private void Rows()
    {
        for (var row = 0; row < Points; row++)
        {
            for (var column = 0; column < Taps; column++)
            {
                w.Vmov(R(3 + column), S(FirstColumn + (row * Taps) + column));
            }

            foreach (var (column, value) in Transform().Index())
            {
                w.Str(value, Out, column * 2 * shape.PositionBytes);
            }

            w.Add(Out, Out, Points * 2 * shape.PositionBytes, Spare);
        }
    }

    /// <summary>r3, r4 and r5 by each row of G; returns where the six results are.</summary>
    private Reg[] Transform()
    {
        var (a, b, c, sum, plus, minus, twice, even, four) = (R(3), R(4), R(5), R(6), R(7), R(8), R(9), R(10), R(11));
        w.Sadd16(sum, a, c);
        w.Sadd16(plus, sum, b);
        w.Ssub16(minus, sum, b);
        w.Ssub16(plus, Zero, plus);
        w.Ssub16(minus, Zero, minus);
        w.Sadd16(plus, plus, plus);
        w.Sadd16(minus, minus, minus);
        w.Sadd16(plus, plus, plus);
        w.Sadd16(minus, minus, minus);
        w.Sadd16(twice, c, c);
        w.Sadd16(four, twice, twice);
        w.Sadd16(even, a, four);
        w.Sadd16(four, four, twice);
        w.Sadd16(b, b, b);
        w.Sadd16(sum, even, b);
        w.Ssub16(even, even, b);
        w.Sadd16(twice, a, a);
        w.Sadd16(a, twice, a);
        w.Sadd16(a, a, a);
        return [a, plus, minus, sum, even, four];
    }

    private void Count(Fp counter, string loop)
    {
        w.Vmov(Spare, counter);
        w.Subs(Spare, 1);
        w.Vmov(counter, Spare);
        w.Branch("ne", loop);
    }
}
