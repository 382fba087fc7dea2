// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Winograd;

/// <summary>
/// The code of the products: for each of the 36 positions, sums over all input channels of four output channels times two tiles. Sums may
/// exceed 32 bits and wrap; what is taken from them in the end is exact mod 2^32.
/// </summary>
internal sealed class WinogradProducts(ThumbWriter w, WinogradShape shape, Core core)
{
    private const int MostStraight = 16;
    private const int TileStep = 8;
    private const int WeightStep = 16;
    private static readonly Reg[] Sums = [.. Enumerable.Range(0, 8).Select(R)];
    private static readonly Reg Tile0 = R(8);
    private static readonly Reg Tile1 = R(9);
    private static readonly Reg Tiles = R(12);
    private static readonly Reg Weights = R(14);
    private static readonly Fp AllEnd = S(0);
    private static readonly Fp Out = S(1);
    private static readonly Fp End = S(2);

    private bool IsM7 => core == Core.CortexM7;

    private int Steps => shape.Depth / 2;

    /// <summary>In: r12 address of a pair of tiles, lr of the weights of a block, s1 of the sums.</summary>
    public void Emit()
    {
        w.Add(R(0), Tiles, shape.PairBytes, R(1));
        w.Vmov(AllEnd, R(0));
        if (IsM7)
        {
            w.Ldr(Tile0, Tiles);
            w.Ldr(R(10), Weights);
            w.Ldr(Tile1, Tiles, 4);
        }

        var position = w.Loop();
        Position();
        w.Vmov(R(11), Out);
        w.StmThenAdd(R(11), Sums);
        w.Vmov(Out, R(11));
        w.Vmov(R(11), AllEnd);
        w.Cmp(Tiles, R(11));
        w.Branch("ne", position);
    }

    private void Position()
    {
        if (Steps <= MostStraight)
        {
            Round(Steps, isFirst: true);
            return;
        }

        var unrolled = new[] { 10, 8, 9, 7, 6, 5, 4, 2 }.First(count => Steps % count == 0);
        w.Add(R(11), Tiles, shape.PositionBytes, R(0));
        w.Vmov(End, R(11));
        foreach (var sum in Sums)
        {
            w.Constant(sum, 0);
        }

        var loop = w.Loop();
        Round(unrolled, isFirst: false);
        w.Vmov(R(11), End);
        w.Cmp(Tiles, R(11));
        w.Branch("ne", loop);
    }

    private void Round(int steps, bool isFirst)
    {
        for (var step = 0; step < steps; step++)
        {
            if (IsM7)
            {
                StepM7(step, isFirst && step == 0);
            }
            else
            {
                StepM4(step, isFirst && step == 0);
            }
        }

        w.AddSmall(Tiles, steps * TileStep);
        w.AddSmall(Weights, steps * WeightStep);
    }

    private void StepM4(int step, bool isFirst)
    {
        var (a, b, weights) = (R(10), R(11), step * WeightStep);
        w.Ldr(Tile0, Tiles, step * TileStep);
        w.Ldr(Tile1, Tiles, (step * TileStep) + 4);
        w.Ldr(a, Weights, weights);
        w.Ldr(b, Weights, weights + 4);
        Mac(0, Tile0, a, isFirst);
        Mac(1, Tile1, a, isFirst);
        Mac(2, Tile0, b, isFirst);
        Mac(3, Tile1, b, isFirst);
        w.Ldrd(a, b, Weights, weights + 8);
        Mac(4, Tile0, a, isFirst);
        Mac(5, Tile1, a, isFirst);
        Mac(6, Tile0, b, isFirst);
        Mac(7, Tile1, b, isFirst);
    }

    /// <summary>Each load stands beside a product, and operands are loaded a step ahead.</summary>
    private void StepM7(int step, bool isFirst)
    {
        var (a, b, weights, tiles) = (R(10), R(11), step * WeightStep, (step + 1) * TileStep);
        Mac(0, Tile0, a, isFirst);
        w.Ldr(b, Weights, weights + 4);
        Mac(1, Tile1, a, isFirst);
        w.Ldr(a, Weights, weights + 8);
        Mac(2, Tile0, b, isFirst);
        Mac(3, Tile1, b, isFirst);
        w.Ldr(b, Weights, weights + 12);
        Mac(4, Tile0, a, isFirst);
        Mac(6, Tile0, b, isFirst);
        w.Ldr(Tile0, Tiles, tiles);
        Mac(5, Tile1, a, isFirst);
        w.Ldr(a, Weights, weights + WeightStep);
        Mac(7, Tile1, b, isFirst);
        w.Ldr(Tile1, Tiles, tiles + 4);
    }

    private void Mac(int sum, Reg tile, Reg weights, bool isFirst)
    {
        if (isFirst)
        {
            w.Smuad(Sums[sum], tile, weights);
        }
        else
        {
            w.Smlad(Sums[sum], tile, weights);
        }
    }
}
