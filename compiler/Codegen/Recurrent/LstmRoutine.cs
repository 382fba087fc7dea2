// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Recurrent;

/// <summary>
/// The code of an LSTM:
/// <code>
/// for each row                 (spread its inputs, and h, into X and Y: see LstmCell)
///   for each unit              four gates at a time: sums in r0-r3
///     product with the row, rounded; product with h, rounded; the cell; the new h
/// </code>
/// Operands: inputs are tensor, weights, recurrent weights, bias, sigmoid table, h, c; outputs tensor, h, c; scratch X and Y of the row,
/// then of h.
/// </summary>
internal sealed class LstmRoutine
{
    private const int MostStraightGroups = 20;
    private const int Unrolled = 4;

    // s0-s10: multipliers, s11-s14: gates of the row. The rest: pointers, counters and corrections.
    private const int Gate = 11;
    private static readonly Fp InRow = S(15);
    private static readonly Fp Out = S(16);
    private static readonly Fp Hidden = S(17);
    private static readonly Fp CellState = S(18);
    private static readonly Fp Weights = S(19);
    private static readonly Fp Recurrent = S(20);
    private static readonly Fp Bias = S(21);
    private static readonly Fp Sigmoid = S(22);
    private static readonly Fp OfRow = S(23);
    private static readonly Fp OfHidden = S(24);
    private static readonly Fp Rows = S(25);
    private static readonly Fp Units = S(26);
    private static readonly Fp InputArray = S(27);
    private static readonly Fp OutputArray = S(28);
    private static readonly Fp Scratch = S(29);
    private static readonly Fp NewHidden = S(30);

    private readonly ThumbWriter _w;
    private readonly LstmCell _cell;
    private readonly LstmActivation _activation;

    private LstmRoutine(LstmCell cell, Core core)
    {
        var name = $"{cell.Name}_m{(int)core}";
        _w = new ThumbWriter(name);
        _cell = cell;
        _activation = new LstmActivation(_w, cell);
        Emit();
        Routine = new Routine(name, _w.ToString());
    }

    private Routine Routine { get; }

    public static Routine Of(LstmCell cell, Core core) => new LstmRoutine(cell, core).Routine;

    private void Emit()
    {
        _w.Enter();
        _w.Vmov(InputArray, R(1));
        _w.Vmov(OutputArray, R(2));
        _w.Vmov(Scratch, R(3));
        Fetch(InRow, InputArray, 0);
        Fetch(Sigmoid, InputArray, 4);
        Fetch(Out, OutputArray, 0);
        foreach (var (index, scale) in _cell.Scales.Index())
        {
            _w.Constant(R(4), scale.Multiplier);
            _w.Vmov(S(index), R(4));
        }

        CopyState(5, 1, _cell.Units);
        CopyState(6, 2, 2 * _cell.Units);
        _w.Repeat(Rows, _cell.Rows, Row);
        _w.Leave();
    }

    private void Fetch(Fp to, Fp array, int index)
    {
        _w.Vmov(R(4), array);
        _w.Ldr(R(5), R(4), 4 * index);
        _w.Vmov(to, R(5));
    }

    // States are updated in their new place.
    private void CopyState(int input, int output, int bytes)
    {
        var (loop, end) = (_w.NewLabel(), _w.NewLabel());
        _w.Vmov(R(4), InputArray);
        _w.Ldr(R(5), R(4), 4 * input);
        _w.Vmov(R(4), OutputArray);
        _w.Ldr(R(6), R(4), 4 * output);
        _w.Cmp(R(5), R(6));
        _w.Branch("eq", end);
        _w.Constant(R(7), bytes);
        _w.Label(loop);
        _w.LdrbThenAdd(R(8), R(5), 1);
        _w.StrbThenAdd(R(8), R(6), 1);
        _w.Subs(R(7), 1);
        _w.Branch("ne", loop);
        _w.Label(end);
    }

    private void Row()
    {
        Fetch(Weights, InputArray, 1);
        Fetch(Recurrent, InputArray, 2);
        Fetch(Bias, InputArray, 3);
        Fetch(Hidden, OutputArray, 1);
        Fetch(CellState, OutputArray, 2);
        Fetch(NewHidden, OutputArray, 1);

        _w.Vmov(R(11), Scratch);
        Spread(InRow, _cell.Inputs, OfRow);
        Spread(Hidden, _cell.Units, OfHidden);
        _w.Repeat(Units, _cell.Units, Unit);
    }

    // X and Y of each four bytes from `from` on to r11 on; `from` moves behind them.
    private void Spread(Fp from, int count, Fp correction)
    {
        _w.Vmov(R(10), from);
        _w.Constant(R(0), 0);
        _w.Constant(R(1), 0x00010001);
        _w.Constant(R(2), 0x007F007F);
        if (count / 4 > 0)
        {
            _w.Constant(R(3), count / 4);
            var loop = _w.Loop();
            _w.LdrThenAdd(R(4), R(10), 4);
            SpreadWord();
            _w.Subs(R(3), 1);
            _w.Branch("ne", loop);
        }

        if (count % 4 > 0)
        {
            _w.LdrbThenAdd(R(4), R(10), 1);
            for (var i = 1; i < count % 4; i++)
            {
                _w.LdrbThenAdd(R(5), R(10), 1);
                _w.Orr(R(4), R(4), R(5), 8 * i);
            }

            SpreadWord();
        }

        _w.Vmov(from, R(10));

        // -2^15 times the sum of the even ones.
        _w.Lsl(R(0), R(0), 15);
        _w.Constant(R(1), 0);
        _w.Sub(R(0), R(1), R(0));
        _w.Vmov(correction, R(0));
    }

    private void SpreadWord()
    {
        _w.Sxtb16(R(5), R(4));
        _w.Sxtb16(R(6), R(4), 8);
        _w.And(R(7), R(4), 0x00FF00FF);
        _w.Lsl(R(7), R(7), 8);
        _w.Ssub16(R(7), R(7), R(6));
        _w.Sadd16(R(7), R(7), R(2));
        _w.Smlad(R(0), R(5), R(1));
        _w.StmThenAdd(R(11), R(6), R(7));
    }

    private void Unit()
    {
        _w.Vmov(R(11), Scratch);
        Sums(Weights, OfRow, _cell.InputGroups);
        for (var gate = 0; gate < LstmCell.Gates; gate++)
        {
            _activation.RescaleSum(R(gate), S(gate), _cell.Scales[gate].Shift);
            _w.Vmov(S(Gate + gate), R(gate));
        }

        Sums(Recurrent, OfHidden, _cell.UnitGroups);
        for (var gate = 0; gate < LstmCell.Gates; gate++)
        {
            _activation.RescaleSum(R(gate), S(LstmCell.Gates + gate), _cell.Scales[LstmCell.Gates + gate].Shift);
            _w.Vmov(R(4), S(Gate + gate));
            _w.Add(R(gate), R(gate), R(4));
            _w.Sat16(R(gate));
        }

        _w.Vmov(R(12), Sigmoid);
        _activation.Logistic(R(0));
        _activation.Logistic(R(1));
        _w.Add(R(2), R(2), R(2), 1);
        _activation.Tanh(R(2));
        _activation.Logistic(R(3));

        _w.Vmov(R(10), CellState);
        _activation.Cell(R(10));
        _w.Vmov(CellState, R(10));

        // The new h is the output too; X and Y hold the old one.
        _w.Vmov(R(10), NewHidden);
        _w.StrbThenAdd(R(4), R(10), 1);
        _w.Vmov(NewHidden, R(10));
        _w.Vmov(R(10), Out);
        _w.StrbThenAdd(R(4), R(10), 1);
        _w.Vmov(Out, R(10));
    }

    // r0-r3 = 256 times the products of the next four rows of weights with X and Y at r11, and their bias.
    private void Sums(Fp weights, Fp correction, int groups)
    {
        _w.Vmov(R(10), Bias);
        _w.LdmThenAdd(R(10), R(0), R(1), R(2), R(3));
        _w.Vmov(Bias, R(10));
        _w.Vmov(R(12), correction);
        _w.Vmov(R(10), weights);
        for (var gate = 0; gate < LstmCell.Gates; gate++)
        {
            _w.Add(R(gate), R(gate), R(12));
        }

        var rounds = groups <= MostStraightGroups ? 0 : groups / Unrolled;
        if (rounds > 0)
        {
            _w.Constant(R(14), rounds);
            var loop = _w.Loop();
            Groups(Unrolled);
            _w.Subs(R(14), 1);
            _w.Branch("ne", loop);
        }

        Groups(groups - (rounds * Unrolled));
        _w.Vmov(weights, R(10));
    }

    private void Groups(int count)
    {
        for (var group = 0; group < count; group++)
        {
            _w.LdmThenAdd(R(10), R(4), R(5), R(6), R(7));
            _w.LdmThenAdd(R(11), R(8), R(9));
            for (var gate = 0; gate < LstmCell.Gates; gate++)
            {
                _w.Smlad(R(gate), R(4 + gate), R(8));
                _w.Uxtb16(R(4 + gate), R(4 + gate));
            }

            for (var gate = 0; gate < LstmCell.Gates; gate++)
            {
                _w.Smlad(R(gate), R(4 + gate), R(9));
            }
        }
    }
}
