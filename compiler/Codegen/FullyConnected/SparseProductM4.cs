// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.FullyConnected;

/// <summary>
/// Cortex-M4: eight rows at once, so that what a pair of inputs costs besides products is paid once. All registers are taken. Four pairs a round; a list
/// with an odd number of halves of rounds begins in the middle of one.
/// </summary>
internal sealed class SparseProductM4(ThumbWriter w, DenseShape shape) : ISparseProduct
{
    private const int PairsOfHalf = 2;
    private const int HalfBytes = 2 * PairsOfHalf * sizeof(short);
    private static readonly Fp ListEnd = S(5);
    private static readonly Fp Odd = S(11);
    private static readonly Reg List = R(12);
    private static readonly Reg Weights = R(14);
    private readonly SparseList _list = new(w, shape.InSize, sizeof(short), ahead: 0);

    public int Scratch => _list.Bytes;

    public int RowsAtOnce => SparseRoutine.BlockRows;

    public void MakeList()
    {
        _list.Make();
        w.Vmov(ListEnd, R(1));
        w.And(R(9), R(9), (uint)HalfBytes);
        w.Vmov(Odd, R(9));
    }

    public void Sums(int first, Action start)
    {
        var (end, middle) = (R(8), w.NewLabel());
        start();
        w.Vmov(List, SparseRoutine.List);
        w.Vmov(Weights, SparseRoutine.Weights);
        w.Vmov(end, Odd);
        w.Cmp(end, 0);
        w.Branch("ne", middle);
        var loop = w.Loop();
        Pairs();
        w.Label(middle);
        Pairs();
        w.Vmov(end, ListEnd);
        w.Cmp(List, end);
        w.Branch("ne", loop);
    }

    private void Pairs()
    {
        for (var pair = 0; pair < PairsOfHalf; pair++)
        {
            Pair();
        }
    }

    // The words of low rows change halves without a further register; then two are free for those of high rows.
    private void Pair()
    {
        var (x, addressA, addressB) = (R(8), R(10), R(11));
        var (lowA, lowB, highA, highB) = (addressA, addressB, Weights, R(9));
        w.Ldr(highB, List, _list.InputBytes);
        w.LdrThenAdd(x, List, sizeof(int));
        w.AddHalf(addressA, Weights, highB, top: false);
        w.AddHalf(addressB, Weights, highB, top: true);
        w.Ldr(highA, addressA, sizeof(int));
        w.Ldr(lowA, addressA);
        w.Ldr(highB, addressB, sizeof(int));
        w.Ldr(lowB, addressB);
        w.EorLsl(lowA, lowB, 16);
        w.EorLsr(lowB, lowA, 16);
        w.EorLsl(lowA, lowB, 16);
        Products(0, lowA, lowB, x);
        w.Halves(lowA, highA, highB);
        w.TopHalves(highB, highB, highA);
        w.Vmov(Weights, SparseRoutine.Weights);
        Products(4, lowA, highB, x);
    }

    private void Products(int sum, Reg first, Reg second, Reg x)
    {
        foreach (var (halves, row) in new[] { (first, sum), (second, sum + 2) })
        {
            w.Smlad(R(row + 1), halves, x);
            w.Sxtb16(halves, halves);
            w.Smlad(R(row), halves, x);
        }
    }
}
