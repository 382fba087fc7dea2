// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Winograd;

/// <summary>
/// The code of the products: for each position and each group of tiles of a pass, sums over all input channels. All groups meet the weights of a
/// position one after the other: these are few lines of flash, which a small cache keeps. Sums may exceed 32 bits and wrap; what is taken from them
/// in the end is exact mod 2^32. Of one operand there are four words a step, of the other two.
/// </summary>
internal sealed class WinogradProducts(ThumbWriter w, WinogradShape shape, Core core)
{
    private const int MostStraight = 16;
    private const int Word = sizeof(int);
    private const int StoredBytes = WinogradShape.Sums * Word;
    private static readonly Reg[] Sums = [.. Enumerable.Range(0, WinogradShape.Sums).Select(R)];
    private static readonly (Reg First, Reg Second) Two = (R(8), R(9));
    private static readonly (Reg First, Reg Second) Four = (R(10), R(11));
    private static readonly Reg Spare = R(11);
    private static readonly Reg Tiles = R(12);
    private static readonly Reg Weights = R(14);
    private static readonly Fp Out = S(1);
    private static readonly Fp RoundsEnd = S(2);
    private static readonly Fp GroupsEnd = S(3);
    private static readonly Fp Positions = S(4);

    private bool IsM7 => core == Core.CortexM7;

    private Reg TwoAt => shape.Lanes == 4 ? Weights : Tiles;

    private Reg FourAt => shape.Lanes == 4 ? Tiles : Weights;

    private int Steps => shape.Depth / 2;

    private bool IsStraight => Steps <= MostStraight;

    private int GroupsBytes => shape.Groups * shape.GroupBytes;

    /// <summary>In: r12 address of the tiles, lr of the weights of a block, s1 of the sums.</summary>
    public void Emit()
    {
        w.Constant(Spare, shape.Tile.Positions);
        w.Vmov(Positions, Spare);
        if (shape.Groups > 1)
        {
            w.Add(R(0), Tiles, GroupsBytes, R(1));
            w.Vmov(GroupsEnd, R(0));
        }

        var position = w.Loop();
        var group = shape.Groups > 1 ? w.Loop() : "";
        Position();
        var (tiles, weights) = IsStraight ? (0, 0) : (shape.PositionBytes, shape.BlockPositionBytes);
        w.Vmov(Spare, Out);
        w.StmThenAdd(Spare, Sums);
        if (shape.Groups == 1)
        {
            w.Vmov(Out, Spare);
            Move(shape.PositionBytes - tiles, shape.BlockPositionBytes - weights);
        }
        else
        {
            w.AddSmall(Spare, shape.SumsBytes - StoredBytes);
            w.Vmov(Out, Spare);
            Move(shape.GroupBytes - tiles, -weights);
            w.Vmov(R(0), GroupsEnd);
            w.Cmp(Tiles, R(0));
            w.Branch("ne", group);
            w.Add(GroupsEnd, shape.PositionBytes, R(0), R(1));
            w.Add(Out, StoredBytes - (shape.Groups * shape.SumsBytes), R(0), R(1));
            Move(shape.PositionBytes - GroupsBytes, shape.BlockPositionBytes);
        }

        w.Vmov(R(0), Positions);
        w.Subs(R(0), 1);
        w.Vmov(Positions, R(0));
        w.Branch("ne", position);
    }

    private void Move(int tiles, int weights)
    {
        w.Add(Tiles, Tiles, tiles, R(0));
        w.Add(Weights, Weights, weights, R(0));
    }

    private void Position()
    {
        if (IsStraight)
        {
            StartM7();
            Round(Steps, isFirst: true, isEnd: true);
            return;
        }

        var unrolled = new[] { 10, 8, 9, 7, 6, 5, 4, 2 }.First(count => Steps % count == 0);
        w.Add(Spare, Tiles, shape.PositionBytes, R(0));
        w.Vmov(RoundsEnd, Spare);
        foreach (var sum in Sums)
        {
            w.Constant(sum, 0);
        }

        StartM7();
        var loop = w.Loop();
        Round(unrolled, isFirst: false, isEnd: false);
        w.AddSmall(TwoAt, unrolled * 2 * Word);
        w.AddSmall(FourAt, unrolled * 4 * Word);
        w.Vmov(Spare, RoundsEnd);
        w.Cmp(Tiles, Spare);
        w.Branch("ne", loop);
    }

    private void StartM7()
    {
        if (IsM7)
        {
            w.Ldr(Two.First, TwoAt);
            w.Ldr(Four.First, FourAt);
            w.Ldr(Two.Second, TwoAt, Word);
        }
    }

    /// <param name="isEnd">False where a step follows: operands are loaded for it, <see cref="WinogradWeights.BytesAhead"/> beyond the last one of all.</param>
    private void Round(int steps, bool isFirst, bool isEnd)
    {
        for (var step = 0; step < steps; step++)
        {
            if (IsM7)
            {
                StepM7(step, isFirst && step == 0, isEnd && step + 1 == steps);
            }
            else
            {
                StepM4(step, isFirst && step == 0);
            }
        }
    }

    private void StepM4(int step, bool isFirst)
    {
        var (two, four) = (step * 2 * Word, step * 4 * Word);
        w.Ldr(Two.First, TwoAt, two);
        w.Ldr(Two.Second, TwoAt, two + Word);
        w.Ldr(Four.First, FourAt, four);
        w.Ldr(Four.Second, FourAt, four + Word);
        Mac(0, Two.First, Four.First, isFirst);
        Mac(1, Two.Second, Four.First, isFirst);
        Mac(2, Two.First, Four.Second, isFirst);
        Mac(3, Two.Second, Four.Second, isFirst);
        w.Ldrd(Four.First, Four.Second, FourAt, four + (2 * Word));
        Mac(4, Two.First, Four.First, isFirst);
        Mac(5, Two.Second, Four.First, isFirst);
        Mac(6, Two.First, Four.Second, isFirst);
        Mac(7, Two.Second, Four.Second, isFirst);
    }

    /// <summary>Each load stands beside a product, and operands are loaded a step ahead.</summary>
    private void StepM7(int step, bool isFirst, bool isLast)
    {
        var (two, four) = ((step + 1) * 2 * Word, step * 4 * Word);
        Mac(0, Two.First, Four.First, isFirst);
        w.Ldr(Four.Second, FourAt, four + Word);
        Mac(1, Two.Second, Four.First, isFirst);
        w.Ldr(Four.First, FourAt, four + (2 * Word));
        Mac(2, Two.First, Four.Second, isFirst);
        Mac(3, Two.Second, Four.Second, isFirst);
        w.Ldr(Four.Second, FourAt, four + (3 * Word));
        Mac(4, Two.First, Four.First, isFirst);
        if (isLast)
        {
            Mac(5, Two.Second, Four.First, isFirst);
            Mac(6, Two.First, Four.Second, isFirst);
            Mac(7, Two.Second, Four.Second, isFirst);
            return;
        }

        Mac(6, Two.First, Four.Second, isFirst);
        w.Ldr(Two.First, TwoAt, two);
        Mac(5, Two.Second, Four.First, isFirst);
        w.Ldr(Four.First, FourAt, four + (4 * Word));
        Mac(7, Two.Second, Four.Second, isFirst);
        w.Ldr(Two.Second, TwoAt, two + Word);
    }

    private void Mac(int sum, Reg two, Reg four, bool isFirst)
    {
        if (isFirst)
        {
            w.Smuad(Sums[sum], two, four);
        }
        else
        {
            w.Smlad(Sums[sum], two, four);
        }
    }
}
