// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.FullyConnected;

/// <summary>
/// A fully connected layer that passes over inputs of zero. First it lists the others, x + 128 and where their weights are in a block, both as halfwords,
/// then for each block of eight outputs it takes them by pairs. The eight weights of an input stand together: halfwords 256 * w1 + w0, 256 * w3 + w2, ...
/// Of two inputs, with P the halfwords of both and X the inputs,
/// <code>
///   SMLAD(P, X) = 256 * (sum of w1 * x) + (sum of w0 * x)    SMLAD(SXTB16(P), X) = sum of w0 * x
/// </code>
/// mod 2^32, so that their difference and 256 times the second are the sums that are requantized. Operands: tensor, weights, table of constants.
/// </summary>
internal sealed class SparseRoutine
{
    public const int BlockRows = 8;
    private const int InputBytes = BlockRows;
    private const int Half = sizeof(short);
    private const int PairsOfRound = 2;
    private const int RoundBits = 3;
    private static readonly Fp List = S(0);
    private static readonly Fp Weights = S(1);
    private static readonly Fp Table = S(2);
    private static readonly Fp Out = S(3);
    private static readonly Fp Blocks = S(4);
    private static readonly Fp ListEnd = S(5);
    private static readonly Fp Counter = S(6);
    private static readonly Fp Offset = S(7);
    private static readonly Fp SignFix = S(8);

    private readonly ThumbWriter _w;
    private readonly DenseShape _shape;

    private SparseRoutine(DenseShape shape, string name) => (_w, _shape) = (new ThumbWriter(name), shape);

    public static Routine Of(DenseShape shape, Core core)
    {
        var name = $"sparse_{shape.Name}_m{(int)core}";
        var code = new SparseRoutine(shape, name);
        code.Emit();
        return new Routine(name, code._w.ToString());
    }

    public static int ScratchOf(DenseShape shape) => 2 * ListBytes(shape);

    /// <summary>All blocks, input by input.</summary>
    public static IEnumerable<int> Pack(sbyte[] weights, DenseShape shape) =>
        from block in Enumerable.Range(0, shape.Blocks)
        from input in Enumerable.Range(0, shape.InSize)
        from row in new[] { shape.FirstRow(block), shape.FirstRow(block) + 4 }
        let at = (row * shape.InSize) + input
        let low = (256 * weights[at + shape.InSize]) + weights[at]
        let high = (256 * weights[at + (3 * shape.InSize)]) + weights[at + (2 * shape.InSize)]
        select (low & 0xFFFF) | (high << 16);

    /// <summary>The constants of a block as they are wanted: odd rows' biases first, their sums begin with them.</summary>
    public static IEnumerable<int> Ordered(int[] table) =>
        [.. table.Take(BlockRows).Where((_, row) => row % 2 == 1), .. table.Take(BlockRows).Where((_, row) => row % 2 == 0), .. table.Skip(BlockRows)];

    // Of the inputs, with room to end a round; behind it that of the offsets.
    private static int ListBytes(DenseShape shape) => (((shape.InSize + (2 * PairsOfRound)) * Half) + 3) / 4 * 4;

    private void Emit()
    {
        _w.EnterCore();
        _w.Vmov(List, R(3));
        foreach (var (index, place) in new[] { Weights, Table }.Index())
        {
            _w.Ldr(R(4), R(1), (index + 1) * sizeof(uint));
            _w.Vmov(place, R(4));
        }

        _w.Ldr(R(4), R(2));
        _w.Vmov(Out, R(4));
        foreach (var (place, value) in new[] { (Offset, _shape.Shared!.Value.Offset), (SignFix, _shape.Shared.Value.SignFix) })
        {
            _w.Constant(R(4), value);
            _w.Vmov(place, R(4));
        }

        _w.Ldr(R(0), R(1));
        MakeList();
        _w.Repeat(Blocks, _shape.Blocks, Block, NextBlock, _shape.BlockOverlap > 0 ? () => _w.Add(Out, -_shape.BlockOverlap, R(8), R(9)) : null);
        _w.LeaveCore();
    }

    private void NextBlock()
    {
        _w.Add(Weights, InputBytes * _shape.InSize, R(8), R(9));
        _w.Add(Out, BlockRows, R(8), R(9));
    }

    // Each input is stored; the place moves on behind those that are not zero.
    private void MakeList()
    {
        var (from, to, word, value, offset, spare) = (R(0), R(1), R(2), R(4), R(5), R(6));
        var listBytes = ListBytes(_shape);
        _w.Mov(to, R(3));
        _w.Constant(offset, 0);
        _w.Repeat(Counter, _shape.InSize / sizeof(int), () =>
        {
            _w.LdrThenAdd(word, from, sizeof(int));
            Append(sizeof(int));
        });
        if (_shape.InSize % sizeof(int) > 0)
        {
            _w.Ldr(word, from);
            Append(_shape.InSize % sizeof(int));
        }

        void Append(int bytes)
        {
            _w.Eor(word, word, 0x80808080);
            for (var i = 0; i < bytes; i++)
            {
                _w.Byte(value, word, i, unsigned: true);
                _w.Strh(value, to, 0);
                _w.Strh(offset, to, listBytes);
                _w.AddOneIfAny(to, value, spare, shiftLeft: 1);
                _w.AddSmall(offset, InputBytes);
            }
        }

        _w.Constant(value, 0);
        for (var i = 0; i < (2 * PairsOfRound) - 1; i++)
        {
            _w.Strh(value, to, i * Half);
            _w.Strh(value, to, listBytes + (i * Half));
        }

        _w.Sub(to, to, R(3));
        _w.AddSmall(to, (1 << RoundBits) - 1);
        _w.BicLowBits(to, RoundBits);
        _w.Add(to, to, R(3));
        _w.Vmov(ListEnd, to);
    }

    private void Block()
    {
        var (end, none) = (R(8), _w.NewLabel());
        Reg[] even = [.. Enumerable.Range(0, BlockRows / 2).Select(pair => R(2 * pair))];
        _w.Vmov(R(12), Table);
        _w.LdmThenAdd(R(12), [.. even.Select(sum => R(sum.Number + 1))]);
        _w.Vmov(Table, R(12));
        foreach (var sum in even)
        {
            _w.Constant(sum, 0);
        }

        _w.Vmov(R(12), List);
        _w.Vmov(R(14), Weights);
        _w.Vmov(end, ListEnd);
        _w.Cmp(R(12), end);
        _w.Branch("eq", none);
        var loop = _w.Loop();
        for (var pair = 0; pair < PairsOfRound; pair++)
        {
            Pair();
        }

        _w.Vmov(end, ListEnd);
        _w.Cmp(R(12), end);
        _w.Branch("ne", loop);
        _w.Label(none);
        Outputs();
    }

    // All registers are taken, so halves change places without a further one.
    private void Pair()
    {
        var (x, weights, addressA, addressB) = (R(8), R(14), R(10), R(11));
        var (a, b) = ((Low: addressA, High: weights), (Low: addressB, High: R(9)));
        _w.Ldr(b.High, R(12), ListBytes(_shape));
        _w.LdrThenAdd(x, R(12), sizeof(int));
        _w.AddHalf(addressA, weights, b.High, top: false);
        _w.AddHalf(addressB, weights, b.High, top: true);
        _w.Ldr(a.High, addressA, sizeof(int));
        _w.Ldr(a.Low, addressA);
        _w.Ldr(b.High, addressB, sizeof(int));
        _w.Ldr(b.Low, addressB);
        Products(0, a.Low, b.Low, x);
        Products(4, a.High, b.High, x);
        _w.Vmov(weights, Weights);
    }

    private void Products(int sum, Reg a, Reg b, Reg x)
    {
        _w.EorLsl(a, b, 16);
        _w.EorLsr(b, a, 16);
        _w.EorLsl(a, b, 16);
        foreach (var (halves, first) in new[] { (a, sum), (b, sum + 2) })
        {
            _w.Smlad(R(first + 1), halves, x);
            _w.Sxtb16(halves, halves);
            _w.Smlad(R(first), halves, x);
        }
    }

    private void Outputs()
    {
        var (shared, table, output, offset, fix, corrected) = (_shape.Shared!.Value, R(12), R(14), R(9), R(10), R(11));
        _w.Vmov(table, Table);
        _w.LdmThenAdd(table, R(8), R(9), R(10), R(11));
        for (var sum = 0; sum < BlockRows; sum += 2)
        {
            _w.Sub(R(sum + 1), R(sum + 1), R(sum));
            _w.Add(R(sum), R(8 + (sum / 2)), R(sum), 8);
        }

        _w.Vmov(offset, Offset);
        _w.Vmov(fix, SignFix);
        for (var sum = 0; sum < BlockRows; sum += 2)
        {
            Reg[] multipliers = [R(8), output];
            _w.LdmThenAdd(table, multipliers);
            foreach (var (i, multiplier) in multipliers.Index())
            {
                if (shared.SignFix != 0)
                {
                    _w.AndAsr(corrected, fix, R(sum + i), 31);
                    _w.Add(corrected, corrected, offset);
                }

                _w.Smmla(R(sum + i), multiplier, shared.SignFix != 0 ? corrected : offset);
            }
        }

        _w.Vmov(Table, table);
        _w.Vmov(output, Out);
        for (var sum = 0; sum < BlockRows; sum++)
        {
            _w.Sat8(R(sum), unsigned: false, shared.Shift);
            if (_shape.Min > sbyte.MinValue)
            {
                _w.Limit(R(sum), _shape.Min, low: true);
            }

            if (_shape.Max < sbyte.MaxValue)
            {
                _w.Limit(R(sum), _shape.Max, low: false);
            }

            _w.Strb(R(sum), output, sum);
        }
    }
}
