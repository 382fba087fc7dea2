// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.FullyConnected;

/// <summary>
/// Cortex-M7: four rows at once, which leaves registers to load a pair of inputs ahead. A pair takes seven cycles: each SMLAD stands beside a load or an
/// instruction that must be the older one of two.
/// </summary>
internal sealed class SparseProductM7(ThumbWriter w, DenseShape shape) : ISparseProduct
{
    private const int PairsOfRound = 2;
    private const int PairBytes = 2 * sizeof(int);
    private static readonly Fp Offsets = S(5);
    private static readonly Fp OffsetsEnd = S(11);
    private static readonly Reg First = R(4);
    private static readonly Reg Second = R(5);
    private static readonly Reg NextA = R(6);
    private static readonly Reg NextB = R(7);
    private static readonly Reg X = R(8);
    private static readonly Reg End = R(9);
    private static readonly Reg Inputs = R(11);
    private static readonly Reg OffsetsAt = R(12);
    private static readonly Reg Weights = R(14);
    private readonly SparseList _list = new(w, shape.InSize, sizeof(int), ahead: 2);

    public int Scratch => _list.Bytes;

    public int RowsAtOnce => SparseRoutine.BlockRows / 2;

    // A loop ends with the offsets of the pair behind its last one.
    public void MakeList()
    {
        _list.Make();
        w.Add(R(3), R(3), _list.InputBytes, R(4));
        w.Vmov(Offsets, R(3));
        w.Add(R(3), R(3), R(9), 1);
        w.AddSmall(R(3), PairBytes);
        w.Vmov(OffsetsEnd, R(3));
    }

    public void Sums(int first, Action start)
    {
        start();
        w.Vmov(Inputs, SparseRoutine.List);
        w.Vmov(OffsetsAt, Offsets);
        w.Vmov(Weights, SparseRoutine.Weights);
        w.Vmov(End, OffsetsEnd);
        if (first > 0)
        {
            w.AddSmall(Weights, first);
        }

        LoadOffsets();
        w.LdrThenAdd(X, Inputs, sizeof(int));
        w.LdrAt(NextA, Weights, NextA);
        w.LdrAt(NextB, Weights, NextB);
        Begin(compares: false);
        var loop = w.Loop();
        for (var pair = 0; pair < PairsOfRound; pair++)
        {
            LoadOffsets();
            w.Sxtb16(First, First);
            w.Smlad(R(3), Second, X);
            w.LdrAt(NextA, Weights, NextA);
            w.Smlad(R(0), First, X);
            w.Sxtb16(Second, Second);
            w.LdrAt(NextB, Weights, NextB);
            w.Smlad(R(2), Second, X);
            w.LdrThenAdd(X, Inputs, sizeof(int));
            Begin(compares: pair == PairsOfRound - 1);
        }

        w.Branch("ne", loop);
    }

    private void LoadOffsets()
    {
        w.Ldr(NextB, OffsetsAt, sizeof(int));
        w.LdrThenAdd(NextA, OffsetsAt, PairBytes);
    }

    // Behind the list inputs are zero, so that the product of a pair too many adds nothing.
    private void Begin(bool compares)
    {
        w.Halves(First, NextA, NextB);
        if (compares)
        {
            w.Cmp(OffsetsAt, End);
        }

        w.TopHalves(Second, NextB, NextA);
        w.Smlad(R(1), First, X);
    }
}
