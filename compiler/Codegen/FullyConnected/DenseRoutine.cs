// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using TinyInfer.Compiler.Codegen.Convolution;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.FullyConnected;

/// <summary>
/// The code of a fully connected layer. The inputs are expanded once, four of them to
/// <code>X0 = (256 * x0, 256 * x2)    X1 = (256 * x1, 256 * x3)    as pairs of int16</code>
/// so that a word of weights as it stands in flash takes two extensions and two SMLAD, and sums are scaled by 256 as
/// <see cref="OutputStage"/> wants them. Registers: sums in r0.., r8 and r9 X0 and X1, r12 expanded inputs, lr weights of the first row.
/// </summary>
internal sealed class DenseRoutine
{
    private const int ExpandedBytes = 8;
    private const int MostStraightGroups = 6;
    private const int Mask = unchecked((int)0xFF00FF00);

    private static readonly Fp Expanded = S(0);
    private static readonly Fp Weights = S(1);
    private static readonly Fp Table = S(2);
    private static readonly Fp Out = S(3);
    private static readonly Fp Blocks = S(4);
    private static readonly Fp LoopEnd = S(5);
    private static readonly Fp Input = S(6);
    private static readonly Fp Batches = S(7);

    private readonly ThumbWriter _w;
    private readonly DenseShape _shape;

    private DenseRoutine(DenseShape shape, string name) => (_w, _shape) = (new ThumbWriter(name), shape);

    public static Routine Of(DenseShape shape, Core core)
    {
        var name = $"{shape.Name}_m{(int)core}";
        var code = new DenseRoutine(shape, name);
        code.Emit();
        return new Routine(name, code._w.ToString());
    }

    /// <summary>Biases of a block, then for each of its rows multiplier, offset, shift and sign fix.</summary>
    public static IEnumerable<int> TableOf(IReadOnlyList<OutputChannel> channels, IReadOnlyList<int> bias, int first, int rows)
    {
        var block = Enumerable.Range(first, rows).ToArray();
        return
        [
            .. block.Select(o => unchecked((256 * bias[o]) + channels[o].Delta)),
            .. block.SelectMany(o => new[] { channels[o].Multiplier, channels[o].Offset, channels[o].Shift, channels[o].SignFix }),
        ];
    }

    private int TableBytes => _shape.BlockRows * 5 * sizeof(int);

    private void Emit()
    {
        _w.Enter();
        _w.Vmov(Expanded, R(3));
        foreach (var (index, place) in new[] { Input, Weights, Table }.Index())
        {
            _w.Ldr(R(4), R(1), index * sizeof(uint));
            _w.Vmov(place, R(4));
        }

        _w.Ldr(R(4), R(2));
        _w.Vmov(Out, R(4));
        _w.Repeat(Batches, _shape.Batch, OneInput, next: NextInput);
        _w.Leave();
    }

    private void OneInput()
    {
        Expand();
        _w.Repeat(Blocks, _shape.Blocks, Block, NextBlock, _shape.BlockOverlap > 0 ? LastBlock : null);
    }

    private void NextInput()
    {
        var advanced = _shape.OutSize - _shape.BlockRows;
        _w.Add(Input, _shape.InSize, R(8), R(9));
        _w.Add(Weights, -advanced * _shape.InSize, R(8), R(9));
        _w.Add(Table, -_shape.Blocks * TableBytes, R(8), R(9));
        _w.Add(Out, _shape.BlockRows, R(8), R(9));
    }

    private void NextBlock()
    {
        _w.Add(Weights, _shape.BlockRows * _shape.InSize, R(8), R(9));
        _w.Add(Out, _shape.BlockRows, R(8), R(9));
    }

    private void LastBlock()
    {
        _w.Add(Weights, -_shape.BlockOverlap * _shape.InSize, R(8), R(9));
        _w.Add(Out, -_shape.BlockOverlap, R(8), R(9));
    }

    private void Expand()
    {
        var (from, to, mask) = (R(0), R(1), R(2));
        _w.Vmov(from, Input);
        _w.Vmov(to, Expanded);
        _w.Constant(mask, Mask);

        var whole = _shape.Groups - (_shape.Overlap > 0 ? 1 : 0);
        var unrolled = whole % 2 == 0 ? 2 : 1;
        _w.Repeat(LoopEnd, whole / unrolled, () =>
        {
            for (var i = 0; i < unrolled; i++)
            {
                _w.LdrThenAdd(R(4), from, 4);
                ExpandWord(to, mask, overlap: 0);
            }
        });
        if (_shape.Overlap > 0)
        {
            _w.Ldr(R(4), from, -_shape.Overlap);
            ExpandWord(to, mask, _shape.Overlap);
        }
    }

    // Inputs that the word before has too become zeros.
    private void ExpandWord(Reg to, Reg mask, int overlap)
    {
        if (_shape.FlipsInput)
        {
            _w.Eor(R(4), R(4), Group.EvenTops);
        }

        if (overlap > 0)
        {
            _w.BicLowBytes(R(4), overlap);
        }

        _w.And(R(6), mask, R(4), 8);
        _w.And(R(7), mask, R(4), 0);
        _w.StmThenAdd(to, R(6), R(7));
    }

    private void Block()
    {
        Reg[] sums = [.. Enumerable.Range(0, _shape.BlockRows).Select(R)];
        _w.Vmov(R(8), Table);
        _w.LdmThenAdd(R(8), sums);
        _w.Vmov(Table, R(8));
        _w.Vmov(R(12), Expanded);
        _w.Vmov(R(14), Weights);
        Sums();
        Outputs(sums);
    }

    private void Sums()
    {
        var looped = _shape.Groups - (_shape.Overlap > 0 ? 1 : 0);
        var unrolled = _shape.Groups <= MostStraightGroups ? 0 : new[] { 4, 3 }.MinBy(count => looped % count);
        var rounds = unrolled == 0 ? 0 : looped / unrolled;
        if (rounds > 0)
        {
            _w.Add(R(8), R(12), rounds * unrolled * ExpandedBytes, R(9));
            _w.Vmov(LoopEnd, R(8));
            var loop = _w.Loop();
            for (var group = 0; group < unrolled; group++)
            {
                Words(group * ExpandedBytes, 4 * group);
            }

            _w.Add(R(12), R(12), unrolled * ExpandedBytes, R(8));
            _w.Add(R(14), R(14), 4 * unrolled, R(8));
            _w.Vmov(R(8), LoopEnd);
            _w.Cmp(R(12), R(8));
            _w.Branch("ne", loop);
        }

        var done = rounds * unrolled;
        for (var group = done; group < _shape.Groups; group++)
        {
            Words((group - done) * ExpandedBytes, _shape.GroupOffset(group) - (4 * done));
        }
    }

    // One group of inputs times all rows, three words of weights at a time: loads in a row cost one cycle each after the first.
    private void Words(int expanded, int weights)
    {
        var (x0, x1, spare) = (R(8), R(9), R(6));
        Reg[] words = [R(10), R(11), R(7)];

        _w.Ldr(x0, R(12), expanded);
        _w.Ldr(x1, R(12), expanded + 4);
        foreach (var rows in Enumerable.Range(0, _shape.BlockRows).Chunk(words.Length))
        {
            foreach (var (word, row) in words.Zip(rows))
            {
                _w.Ldr(word, R(14), (row * _shape.InSize) + weights);
            }

            foreach (var (word, row) in words.Zip(rows))
            {
                _w.Sxtb16(spare, word);
                _w.Sxtb16(word, word, 8);
                _w.Smlad(R(row), spare, x0);
                _w.Smlad(R(row), word, x1);
            }
        }
    }

    private void Outputs(IReadOnlyList<Reg> sums)
    {
        var (multiplier, offset, shift, fix, table) = (R(8), R(9), R(10), R(11), R(12));
        _w.Vmov(table, Table);
        _w.Vmov(R(14), Out);
        foreach (var sum in sums)
        {
            _w.LdmThenAdd(table, multiplier, offset, shift, fix);
            _w.AndAsr(fix, fix, sum, 31);
            _w.Add(offset, offset, fix);
            _w.Smmla(sum, multiplier, offset);
            _w.Asr(sum, sum, shift);
            _w.Sat8(sum, unsigned: false, 0);
            if (_shape.Min > sbyte.MinValue)
            {
                _w.Limit(sum, _shape.Min, low: true);
            }

            if (_shape.Max < sbyte.MaxValue)
            {
                _w.Limit(sum, _shape.Max, low: false);
            }

            _w.Strb(sum, R(14), sum.Number);
        }

        _w.Vmov(Table, table);
    }
}
