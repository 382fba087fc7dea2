// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Column;

/// <summary>
/// The code of a column sum: for each block of four channels, a word of input and a word of weights a row; then the <see cref="RoundedStage"/>.
/// Operands: inputs are tensor, weights, table.
/// </summary>
internal sealed class ColumnRoutine
{
    private static readonly Fp Blocks = S(0);
    private static readonly Reg Output = R(9);
    private static readonly Reg Weights = R(11);
    private static readonly Reg Table = R(12);
    private static readonly Reg Input = R(14);

    // Channels 0 and 2, then 1 and 3, of the input and of the weights.
    private static readonly Reg[] EvenPair = [R(6), R(7)];
    private static readonly Reg[] OddPair = [R(4), R(5)];

    private readonly ThumbWriter _w;
    private readonly ColumnShape _shape;
    private readonly Core _core;

    private ColumnRoutine(ColumnShape shape, Core core)
    {
        var name = $"{shape.Name}_m{(int)core}";
        (_w, _shape, _core) = (new ThumbWriter(name), shape, core);
        Emit();
        Routine = new Routine(name, _w.ToString());
    }

    private Routine Routine { get; }

    public static Routine Of(ColumnShape shape, Core core) => new ColumnRoutine(shape, core).Routine;

    private void Emit()
    {
        _w.Enter();
        _w.Ldr(Input, R(1));
        _w.Ldr(Weights, R(1), 4);
        _w.Ldr(Table, R(1), 8);
        _w.Ldr(Output, R(2));
        _w.Repeat(Blocks, _shape.Channels / 4, Block);
        _w.Leave();
    }

    private void Block()
    {
        _w.LdmThenAdd(Table, R(0), R(1), R(2), R(3));
        if (_core == Core.CortexM7)
        {
            SkewedRows();
        }
        else
        {
            Rows();
        }

        for (var channel = 0; channel < 4; channel++)
        {
            Finish(R(channel), channel);
        }

        _w.Add(Input, Input, 4, R(8));
        _w.Add(Weights, Weights, 4, R(8));
        _w.Add(Output, Output, 4, R(8));
    }

    private void Rows()
    {
        for (var row = 0; row < _shape.Rows; row++)
        {
            Load(OddPair[0], Input, row);
            Load(OddPair[1], Weights, row);
            _w.Sxtb16(EvenPair[0], OddPair[0]);
            _w.Sxtb16(EvenPair[1], OddPair[1]);
            _w.Sxtb16(OddPair[0], OddPair[0], 8);
            _w.Sxtb16(OddPair[1], OddPair[1], 8);
            Multiply(0, EvenPair);
            Multiply(2, EvenPair);
            Multiply(1, OddPair);
            Multiply(3, OddPair);
        }
    }

    // M7: words are loaded two rows and extended one row ahead; an extension issues with a multiplication or a load behind it.
    private void SkewedRows()
    {
        var (input, weights) = (R(8), R(10));
        for (var row = -2; row < _shape.Rows; row++)
        {
            var (multiplies, extends, loads) = (row >= 0, row >= -1 && row + 1 < _shape.Rows, row + 2 < _shape.Rows);
            When(multiplies, () => Multiply(0, EvenPair));
            When(multiplies, () => Multiply(2, EvenPair));
            When(extends, () => _w.Sxtb16(EvenPair[0], input));
            When(multiplies, () => Multiply(1, OddPair));
            When(extends, () => _w.Sxtb16(EvenPair[1], weights));
            When(multiplies, () => Multiply(3, OddPair));
            When(extends, () => _w.Sxtb16(OddPair[0], input, 8));
            When(loads, () => Load(input, Input, row + 2));
            When(extends, () => _w.Sxtb16(OddPair[1], weights, 8));
            When(loads, () => Load(weights, Weights, row + 2));
        }
    }

    private void Load(Reg to, Reg from, int row) => _w.Ldr(to, from, row * _shape.Channels);

    private void Multiply(int channel, Reg[] pair) => _w.SmlaHalves(R(channel), pair[0], channel >= 2, pair[1], channel >= 2);

    private void Finish(Reg sum, int channel)
    {
        var (multiplier, offset, shift) = (R(4), R(5), R(6));
        _w.LdmThenAdd(Table, multiplier, offset, shift);
        _w.Lsl(sum, sum, 1);
        _w.AddAsr(offset, offset, sum, 31);
        _w.Smmlar(sum, sum, multiplier, offset);
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

        _w.Strb(sum, Output, channel);
    }

    private static void When(bool condition, Action action)
    {
        if (condition)
        {
            action();
        }
    }
}
