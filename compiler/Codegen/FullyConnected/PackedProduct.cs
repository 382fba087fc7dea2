// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.FullyConnected;

/// <summary>
/// Weights packed for the purpose, four of a row in a word: its halfwords are 256 * w1 + w0 and 256 * w3 + w2. Of four inputs, with
/// v = x - 127 for those at odd places,
/// <code>
///   V = (v1, v3)    B = (256 * x0 - v1, 256 * x2 - v3)    as pairs of int16, whatever the inputs
///   SMLAD(word, V) + SMLAD(SXTB16(word), B) = 256 * (w0 * x0 + w1 * v1 + w2 * x2 + w3 * v3)
/// </code>
/// and what v lacks of x depends on weights only, so it is in the bias. A word takes one extension and two SMLAD.
/// </summary>
internal sealed class PackedProduct : IDenseProduct
{
    private const int Mask = unchecked((int)0xFF00FF00);
    private const int OddShift = 127;
    private static readonly Fp LoopEnd = S(5);
    private static readonly Reg V = R(8);
    private static readonly Reg B = R(9);

    private static readonly Reg Spare = R(11);

    /// <summary>Words of weights in flight. On Cortex-M7 the third and fourth are free where a round ends; five rows take every register.</summary>
    private static readonly Reg[] Buffers = [R(6), R(7), R(10), Spare, R(5)];
    private const int BuffersAhead = 4;

    private readonly ThumbWriter _w;
    private readonly DenseShape _shape;
    private readonly bool _loadsAhead;

    public PackedProduct(ThumbWriter w, DenseShape shape, Core core) => (_w, _shape, _loadsAhead) = (w, shape, core == Core.CortexM7);

    public int BlockBytes => _shape.Groups * GroupBytes;

    public int LastBlockBack => 0;

    private int Rows => _shape.BlockRows;

    // Six sums leave three registers.
    private int WordsAtOnce => Rows > Buffers.Length ? 3 : Rows;

    private int GroupBytes => Rows * sizeof(int);

    /// <summary>False when 256 * w1 + w0 would not fit 16 bits.</summary>
    public static bool Fits(ReadOnlySpan<sbyte> weights) => !weights.Contains(sbyte.MinValue);

    /// <summary>All blocks, group by group, a word for each row of the block.</summary>
    public static IEnumerable<int> Pack(sbyte[] weights, DenseShape shape) =>
        from block in Enumerable.Range(0, shape.Blocks)
        from grp in Enumerable.Range(0, shape.Groups)
        from row in Enumerable.Range(shape.FirstRow(block), shape.BlockRows)
        select Word(weights, shape, row, grp);

    /// <summary>What is added to the bias of a row for the shift of odd inputs.</summary>
    public static int Correction(sbyte[] weights, DenseShape shape, int row) =>
        OddShift * Enumerable.Range(0, shape.Groups).Sum(grp => Weight(weights, shape, row, grp, 1) + Weight(weights, shape, row, grp, 3));

    public void StartExpansion()
    {
        _w.Constant(R(2), Mask);
        _w.Constant(R(3), OddShift | (OddShift << 16));
    }

    public void Expand(int overlap)
    {
        // Weights of overlapping bytes are zero.
        _w.Sxtb16(R(6), R(4), 8);
        _w.Ssub16(R(6), R(6), R(3));
        _w.And(R(7), R(2), R(4), 8);
        _w.Ssub16(R(7), R(7), R(6));
    }

    public void Sums()
    {
        if (_loadsAhead)
        {
            _w.Ldr(V, R(12), 0);
            _w.Ldr(B, R(12), 4);
            Load(0, _shape.Groups * Rows);
            Load(1, _shape.Groups * Rows);
        }

        DenseLoop.Emit(_w, _shape, _shape.Groups - (_loadsAhead ? 1 : 0), LoopEnd, Spare, isFree: !_loadsAhead && WordsAtOnce < BuffersAhead, movesInputs: !_loadsAhead, [R(14)], GroupBytes, _loadsAhead ? Ahead : Plain);
    }

    private static int Weight(sbyte[] weights, DenseShape shape, int row, int group, int at) =>
        group == shape.Groups - 1 && at < shape.Overlap ? 0 : weights[(row * shape.InSize) + shape.GroupOffset(group) + at];

    private static int Word(sbyte[] weights, DenseShape shape, int row, int group)
    {
        int Half(int at) => (256 * Weight(weights, shape, row, group, at + 1)) + Weight(weights, shape, row, group, at);
        return (Half(0) & 0xFFFF) | (Half(2) << 16);
    }

    // Cortex-M4: loads in a row cost one cycle each after the first, so words come as many at a time as there are registers.
    private void Plain(int first, int count, int done, bool more)
    {
        for (var group = first - done; group < first - done + count; group++)
        {
            _w.LdmThenAdd(R(12), V, B);
            foreach (var rows in Enumerable.Range(0, Rows).Chunk(WordsAtOnce))
            {
                foreach (var row in rows)
                {
                    _w.Ldr(Buffers[row % WordsAtOnce], R(14), (group * GroupBytes) + (4 * row));
                }

                foreach (var row in rows)
                {
                    _w.Smlad(R(row), Buffers[row % WordsAtOnce], V);
                    _w.Sxtb16(Buffers[row % WordsAtOnce], Buffers[row % WordsAtOnce]);
                    _w.Smlad(R(row), Buffers[row % WordsAtOnce], B);
                }
            }
        }
    }

    // Cortex-M7: each SMLAD stands beside a load or an extension, words are loaded two ahead, and the second SMLAD of a word comes
    // after the first one of the next.
    private void Ahead(int first, int count, int done, bool more)
    {
        var words = count * Rows;
        for (var k = 0; k < words; k++)
        {
            var (row, group) = (k % Rows, k / Rows);
            var last = row == Rows - 1;
            _w.Smlad(R(row), Buffer(k), V);
            Load(k + 2, more ? int.MaxValue : words);
            _w.Sxtb16(Buffer(k), Buffer(k));
            if (row > 0)
            {
                _w.Smlad(R(row - 1), Buffer(k - 1), B);
            }

            if (last)
            {
                var follows = more || group < count - 1;
                LoadInputs(V, (group + 1) * DenseShape.ExpandedBytes, follows);
                _w.Smlad(R(row), Buffer(k), B);
                LoadInputs(B, ((group + 1) * DenseShape.ExpandedBytes) + 4, follows);
            }
        }
    }

    private static Reg Buffer(int word) => Buffers[word % BuffersAhead];

    private void Load(int word, int words)
    {
        if (word < words)
        {
            _w.Ldr(Buffer(word), R(14), sizeof(int) * word);
        }
    }

    private void LoadInputs(Reg to, int at, bool follows)
    {
        if (follows)
        {
            _w.Ldr(to, R(12), at);
        }
    }
}
