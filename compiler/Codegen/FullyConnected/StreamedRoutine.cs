// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.FullyConnected;

/// <summary>
/// Input and weights are read side by side, up to three rows at once, and both unpacked to pairs of 16 bits: sums are not scaled, so that they
/// may be large. The output is the reference's formula itself: SMMLAR of twice the sum and the multiplier is its first rounding, half
/// of the last bit, less 1 for negative sums, the second. Operands: tensor, weights, table of bias, multiplier, rounding, shift a row.
/// </summary>
internal sealed class StreamedRoutine
{
    private const int WordsOfRound = 8;
    private const int TableBytes = 16;
    private static readonly Fp InAt = S(0);
    private static readonly Fp WeightsAt = S(1);
    private static readonly Fp TableAt = S(2);
    private static readonly Fp OutAt = S(3);
    private static readonly Fp Batches = S(4);
    private static readonly Fp Blocks = S(5);
    private static readonly Fp LoopEnd = S(6);

    private static readonly Reg Input = R(6);
    private readonly ThumbWriter _w;
    private readonly StreamedShape _shape;

    private StreamedRoutine(StreamedShape shape, string name) => (_w, _shape) = (new ThumbWriter(name), shape);

    private IEnumerable<(Reg Sum, Reg Weights)> Rows => Enumerable.Range(0, _shape.BlockRows).Select(row => (R(row), R(3 + row)));

    public static Routine Of(StreamedShape shape)
    {
        var code = new StreamedRoutine(shape, shape.Name);
        code.Emit();
        return new Routine(shape.Name, code._w.ToString());
    }

    private void Emit()
    {
        _w.Enter();
        foreach (var (index, place) in new[] { InAt, WeightsAt, TableAt }.Index())
        {
            _w.Ldr(R(4), R(1), index * sizeof(uint));
            _w.Vmov(place, R(4));
        }

        _w.Ldr(R(4), R(2));
        _w.Vmov(OutAt, R(4));
        _w.Repeat(Batches, _shape.Batch, () => _w.Repeat(Blocks, _shape.Blocks, Block), NextInput);
        _w.Leave();
    }

    private void NextInput()
    {
        _w.Add(InAt, _shape.InSize, R(8), R(9));
        _w.Add(WeightsAt, -_shape.OutSize * _shape.InSize, R(8), R(9));
        _w.Add(TableAt, -_shape.OutSize * TableBytes, R(8), R(9));
    }

    private void Block()
    {
        _w.Vmov(R(7), TableAt);
        _w.Vmov(Input, InAt);
        _w.Vmov(R(3), WeightsAt);
        foreach (var (sum, weights) in Rows)
        {
            _w.Ldr(sum, R(7), TableBytes * sum.Number);
            if (sum.Number > 0)
            {
                _w.Add(weights, R(weights.Number - 1), _shape.InSize, weights);
            }
        }

        Products();
        Outputs();
        _w.Add(WeightsAt, _shape.BlockRows * _shape.InSize, R(8), R(9));
    }

    private void Products()
    {
        var rounds = _shape.Whole / WordsOfRound;
        if (rounds > 1)
        {
            _w.Add(R(7), Input, rounds * WordsOfRound * sizeof(int), R(7));
            _w.Vmov(LoopEnd, R(7));
            var loop = _w.Loop();
            Words(0, WordsOfRound);
            foreach (var (_, weights) in Rows)
            {
                _w.AddSmall(weights, WordsOfRound * sizeof(int));
            }

            _w.AddSmall(Input, WordsOfRound * sizeof(int));
            _w.Vmov(R(11), LoopEnd);
            _w.Cmp(Input, R(11));
            _w.Branch("ne", loop);
        }

        var done = rounds > 1 ? rounds * WordsOfRound : 0;
        Words(0, _shape.Whole - done);
        if (_shape.Overlap > 0)
        {
            Group(_shape.InSize - sizeof(int) - (done * sizeof(int)), 1, _shape.Overlap);
        }
    }

    private void Words(int first, int count)
    {
        for (var word = first; word < first + count; word += 2)
        {
            Group(word * sizeof(int), Math.Min(2, first + count - word), overlap: 0);
        }
    }

    // One word of inputs or two, from a byte on; loads in a row cost one cycle each after the first.
    private void Group(int at, int words, int overlap)
    {
        (Reg Odd, Reg Even)[] inputs = [(R(7), R(8)), (R(9), R(10))];
        Reg[] loaded = [R(11), R(12)];
        for (var i = 0; i < words; i++)
        {
            _w.Ldr(inputs[i].Odd, Input, at + (sizeof(int) * i));
        }

        foreach (var (odd, even) in inputs.Take(words))
        {
            if (overlap > 0)
            {
                _w.BicLowBytes(odd, overlap);
            }

            _w.Sxtb16(even, odd);
            _w.Sxtb16(odd, odd, 8);
        }

        foreach (var (sum, weights) in Rows)
        {
            for (var i = 0; i < words; i++)
            {
                _w.Ldr(loaded[i], weights, at + (sizeof(int) * i));
            }

            for (var i = 0; i < words; i++)
            {
                _w.Sxtb16(R(14), loaded[i]);
                _w.Sxtb16(loaded[i], loaded[i], 8);
                _w.Smlad(sum, R(14), inputs[i].Even);
                _w.Smlad(sum, loaded[i], inputs[i].Odd);
            }
        }
    }

    private void Outputs()
    {
        var (table, output, multiplier, rounding, shift) = (R(7), R(8), R(10), R(11), R(12));
        _w.Vmov(table, TableAt);
        _w.Vmov(output, OutAt);
        foreach (var (sum, _) in Rows)
        {
            _w.LdmThenAdd(table, R(9), multiplier, rounding, shift);
            _w.AddAsr(rounding, rounding, sum, 31);
            _w.Lsl(sum, sum, 1);
            _w.Smmlar(sum, sum, multiplier, rounding);
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

            _w.StrbThenAdd(sum, output, 1);
        }

        _w.Vmov(TableAt, table);
        _w.Vmov(OutAt, output);
    }
}
