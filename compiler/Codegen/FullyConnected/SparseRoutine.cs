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

    /// <summary>The address of the list.</summary>
    public static readonly Fp List = S(0);

    /// <summary>Those of the block.</summary>
    public static readonly Fp Weights = S(1);

    private static readonly Fp Table = S(2);
    private static readonly Fp Out = S(3);
    private static readonly Fp Blocks = S(4);
    private static readonly Fp Offset = S(7);
    private static readonly Fp SignFix = S(8);
    private static readonly Fp Multiplier = S(9);

    private readonly ThumbWriter _w;
    private readonly DenseShape _shape;
    private readonly ISparseProduct _product;

    private SparseRoutine(DenseShape shape, Core core, string name)
    {
        (_w, _shape) = (new ThumbWriter(name), shape);
        _product = ProductOf(_w, shape, core);
    }

    private int TableBytes => BlockRows * sizeof(int) * (_shape.SharesMultiplier ? 1 : 2);

    public static Routine Of(DenseShape shape, Core core)
    {
        var name = $"sparse_{shape.Name}_m{(int)core}";
        var code = new SparseRoutine(shape, core, name);
        code.Emit();
        return new Routine(name, code._w.ToString());
    }

    public static int ScratchOf(DenseShape shape, Core core) => ProductOf(new ThumbWriter(""), shape, core).Scratch;

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
    public static IEnumerable<int> Ordered(IEnumerable<int> table)
    {
        int[] block = [.. table];
        return [.. block.Take(BlockRows).Where((_, row) => row % 2 == 1), .. block.Take(BlockRows).Where((_, row) => row % 2 == 0), .. block.Skip(BlockRows)];
    }

    private static ISparseProduct ProductOf(ThumbWriter w, DenseShape shape, Core core) => core == Core.CortexM7 ? new SparseProductM7(w, shape) : new SparseProductM4(w, shape);

    private void Emit()
    {
        _w.EnterCore();
        _w.Vmov(List, R(3));
        _w.Ldr(R(4), R(1), sizeof(uint));
        _w.Vmov(Weights, R(4));
        _w.Ldr(R(4), R(2));
        _w.Vmov(Out, R(4));
        _w.Ldr(R(4), R(1), 2 * sizeof(uint));
        if (_shape.SharesMultiplier)
        {
            _w.LdrThenAdd(R(5), R(4), sizeof(int));
            _w.Vmov(Multiplier, R(5));
        }

        _w.LdrThenAdd(R(5), R(4), sizeof(int));
        _w.Vmov(Offset, R(5));
        _w.Vmov(Table, R(4));
        _w.Constant(R(4), _shape.Shared!.Value.SignFix);
        _w.Vmov(SignFix, R(4));

        _w.Ldr(R(0), R(1));
        _product.MakeList();
        _w.Repeat(Blocks, _shape.Blocks, Block, NextBlock, _shape.BlockOverlap > 0 ? () => _w.Add(Out, -_shape.BlockOverlap, R(8), R(9)) : null);
        _w.LeaveCore();
    }

    private void NextBlock()
    {
        _w.Add(Weights, BlockRows * _shape.InSize, R(8), R(9));
        _w.Add(Table, TableBytes, R(8), R(9));
        _w.Add(Out, BlockRows, R(8), R(9));
    }

    private void Block()
    {
        for (var first = 0; first < BlockRows; first += _product.RowsAtOnce)
        {
            _product.Sums(first, () => Start(first));
            Outputs(first);
        }
    }

    private void Start(int first)
    {
        _w.Vmov(R(12), Table);
        for (var sum = 1; sum < _product.RowsAtOnce; sum += 2)
        {
            _w.Ldr(R(sum), R(12), (first + sum) / 2 * sizeof(int));
        }

        for (var sum = 0; sum < _product.RowsAtOnce; sum += 2)
        {
            _w.Constant(R(sum), 0);
        }
    }

    private void Outputs(int first)
    {
        var (shared, table, output, offset, fix, corrected) = (_shape.Shared!.Value, R(12), R(14), R(9), R(10), R(11));
        var rows = _product.RowsAtOnce;
        _w.Vmov(table, Table);
        for (var sum = 0; sum < rows; sum += 2)
        {
            _w.Ldr(R(8 + (sum / 2)), table, (BlockRows + first + sum) / 2 * sizeof(int));
        }

        for (var sum = 0; sum < rows; sum += 2)
        {
            _w.Sub(R(sum + 1), R(sum + 1), R(sum));
            _w.Add(R(sum), R(8 + (sum / 2)), R(sum), 8);
        }

        _w.Vmov(offset, Offset);
        if (shared.SignFix != 0)
        {
            _w.Vmov(fix, SignFix);
        }

        if (_shape.SharesMultiplier)
        {
            _w.Vmov(R(8), Multiplier);
        }

        for (var sum = 0; sum < rows; sum += 2)
        {
            if (!_shape.SharesMultiplier)
            {
                _w.Ldr(R(8), table, (BlockRows + first + sum) * sizeof(int));
                _w.Ldr(output, table, (BlockRows + first + sum + 1) * sizeof(int));
            }

            foreach (var (i, multiplier) in new[] { R(8), _shape.SharesMultiplier ? R(8) : output }.Index())
            {
                if (shared.SignFix != 0)
                {
                    _w.AndAsr(corrected, fix, R(sum + i), 31);
                    _w.Add(corrected, corrected, offset);
                }

                _w.Smmla(R(sum + i), multiplier, shared.SignFix != 0 ? corrected : offset);
            }
        }

        _w.Vmov(output, Out);
        for (var sum = 0; sum < rows; sum++)
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

            _w.Strb(R(sum), output, first + sum);
        }
    }
}
