// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Column;

/// <summary>
/// The code of a column sum: for each block of four channels, a word of input and a word of weights a row; then the reference's two
/// roundings, floor((x * m + 2^30) / 2^31) being SMMULR of 2x and m. Operands: inputs are tensor, weights, table.
/// </summary>
internal sealed class ColumnRoutine
{
    private static readonly Fp Blocks = S(0);
    private readonly ThumbWriter _w;
    private readonly ColumnShape _shape;

    private ColumnRoutine(ColumnShape shape, Core core)
    {
        var name = $"{shape.Name}_m{(int)core}";
        (_w, _shape) = (new ThumbWriter(name), shape);
        Emit();
        Routine = new Routine(name, _w.ToString());
    }

    private Routine Routine { get; }

    public static Routine Of(ColumnShape shape, Core core) => new ColumnRoutine(shape, core).Routine;

    // r9: output, r11: weights, r12: table, r14: input.
    private void Emit()
    {
        _w.Enter();
        _w.Ldr(R(14), R(1));
        _w.Ldr(R(11), R(1), 4);
        _w.Ldr(R(12), R(1), 8);
        _w.Ldr(R(9), R(2));
        _w.Repeat(Blocks, _shape.Channels / 4, Block);
        _w.Leave();
    }

    private void Block()
    {
        _w.LdmThenAdd(R(12), R(0), R(1), R(2), R(3));
        for (var row = 0; row < _shape.Rows; row++)
        {
            _w.Ldr(R(4), R(14), row * _shape.Channels);
            _w.Ldr(R(5), R(11), row * _shape.Channels);
            _w.Sxtb16(R(6), R(4));
            _w.Sxtb16(R(7), R(5));
            _w.Sxtb16(R(4), R(4), 8);
            _w.Sxtb16(R(5), R(5), 8);
            _w.SmlaHalves(R(0), R(6), false, R(7), false);
            _w.SmlaHalves(R(1), R(4), false, R(5), false);
            _w.SmlaHalves(R(2), R(6), true, R(7), true);
            _w.SmlaHalves(R(3), R(4), true, R(5), true);
        }

        for (var channel = 0; channel < 4; channel++)
        {
            Output(R(channel), channel);
        }

        _w.Add(R(14), R(14), 4, R(8));
        _w.Add(R(11), R(11), 4, R(8));
        _w.Add(R(9), R(9), 4, R(8));
    }

    private void Output(Reg sum, int channel)
    {
        var (multiplier, shift, round, sign) = (R(4), R(5), R(6), R(7));
        _w.LdmThenAdd(R(12), multiplier, shift, round);
        _w.Lsl(sum, sum, 1);
        _w.Smmulr(sum, sum, multiplier);
        _w.Asr(sign, sum, 31);
        _w.Mla(sum, sign, round, sum);
        _w.Asr(sum, sum, shift);
        _w.Add(sum, sum, round);
        _w.Asr(sum, sum, round);
        _w.Add(sum, sum, _shape.ZeroPoint, R(8));
        _w.Sat8(sum, unsigned: false, 0);
        if (_shape.Min > sbyte.MinValue)
        {
            _w.Limit(sum, _shape.Min, low: true);
        }

        if (_shape.Max < sbyte.MaxValue)
        {
            _w.Limit(sum, _shape.Max, low: false);
        }

        _w.Strb(sum, R(9), channel);
    }
}
