// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Recurrent;

/// <summary>
/// The code of an LSTM. One row at a time:
/// <code>
/// for each row                 expand its inputs, and h
///   for each unit              product with the row, rounded; product with h, rounded; the cell; the new h
/// </code>
/// or two, so that weights of the input are loaded once for both:
/// <code>
/// for each two rows            expand their inputs
///   for each unit              product with both rows, rounded, into the scratch
///   for each of the two        expand h
///     for each unit            product with h, rounded; the cell; the new h
/// </code>
/// When their number is odd, the first row comes alone, and what is computed for the one behind it is not used. h is the row of
/// the output before, which has the same place where only the last one is kept. Operands: inputs are tensor, weights, sigmoid lines, h, c; outputs tensor, h, c; scratch the expanded inputs, the expanded h at once behind them, and gates [units, 2, 4] of 16 bits.
/// </summary>
internal sealed class LstmRoutine
{
    private const int GateBytes = 8;
    private const int InputArrayWeights = 1;
    private const int InputArraySigmoid = 2;
    private const int InputArrayHidden = 3;
    private const int InputArrayCell = 4;

    // s0-s13 belong to the activation.
    private static readonly Fp CellAt = S(14);
    private static readonly Fp OutAt = S(15);
    private static readonly Fp OutEnd = S(16);
    private static readonly Fp GatesAt = S(17);
    private static readonly Fp GatesEnd = S(18);
    private static readonly Fp GatesFrom = S(19);
    private static readonly Fp InRow = S(20);
    private static readonly Fp HiddenFrom = S(21);
    private static readonly Fp Expanded = S(22);
    private static readonly Fp ExpandedHidden = S(23);
    private static readonly Fp EndOfInput = S(24);
    private static readonly Fp EndOfHidden = S(25);
    private static readonly Fp RowsHere = S(26);
    private static readonly Fp RowsLeft = S(27);
    private static readonly Fp InputArray = S(28);
    private static readonly Fp OutputArray = S(29);
    private static readonly Fp Counter = S(30);

    // Where rows take the place of each other, that place.
    private static readonly Fp OutFrom = S(31);

    // Of one row at a time: the gates of the input, packed, where rows by twos have counters.
    private static readonly Fp FirstGates = S(26);
    private static readonly Fp LastGates = S(27);

    private readonly ThumbWriter _w;
    private readonly LstmCell _cell;
    private readonly LstmActivation _activation;
    private readonly LstmSums _sums;
    private readonly int _rows;

    private LstmRoutine(LstmCell cell, int rows, string name)
    {
        (_w, _cell, _rows) = (new ThumbWriter(name), cell, rows);
        (_activation, _sums) = (new LstmActivation(_w, cell), new LstmSums(_w));
    }

    /// <param name="rows">At once: 1 or 2.</param>
    public static Routine Of(LstmCell cell, int rows)
    {
        var name = $"{cell.Name}_x{rows}";
        var code = new LstmRoutine(cell, rows, name);
        code.Emit();
        return new Routine(name, code._w.ToString());
    }

    public static int Scratch(LstmCell cell, int rows) =>
        (LstmSums.ExpandedBytes * ((rows * cell.InputGroups) + cell.UnitGroups)) + (rows > 1 ? rows * GateBytes * cell.Units : 0);

    private void Emit()
    {
        _w.Enter();
        _w.Vmov(InputArray, R(1));
        _w.Vmov(OutputArray, R(2));
        Places();
        Fetch(R(4), InputArray, InputArraySigmoid);
        _activation.Start();
        FetchTo(InRow, InputArray, 0);
        FetchTo(HiddenFrom, InputArray, InputArrayHidden);
        FetchTo(OutAt, OutputArray, 0);
        _w.Vmov(OutEnd, R(5));
        _w.Vmov(OutFrom, R(5));

        // The state is updated in its new place.
        Fetch(R(4), InputArray, InputArrayCell);
        Copy(2, 2 * _cell.Units);
        if (_rows == 1)
        {
            _w.Repeat(Counter, _cell.Rows, OneRow);
        }
        else
        {
            _w.Constant(R(4), 2 - (_cell.Rows % 2));
            _w.Vmov(RowsHere, R(4));
            _w.Repeat(Counter, (_cell.Rows + 1) / 2, TwoRows);
        }

        _w.Vmov(R(4), HiddenFrom);
        Copy(1, _cell.Units);
        _w.Leave();
    }

    // Of the scratch, in r3.
    private void Places()
    {
        var (input, hidden) = (LstmSums.ExpandedBytes * _rows * _cell.InputGroups, LstmSums.ExpandedBytes * _cell.UnitGroups);
        void Place(Fp place, int offset)
        {
            _w.Add(R(5), R(3), offset, R(5));
            _w.Vmov(place, R(5));
        }

        Place(Expanded, 0);
        Place(EndOfInput, LstmSums.Looped(_cell.InputGroups, _rows));
        Place(ExpandedHidden, input);
        Place(EndOfHidden, input + LstmSums.Looped(_cell.UnitGroups, 1));
        Place(GatesFrom, input + hidden);
        Place(GatesEnd, input + hidden + (_rows * GateBytes * _cell.Units));
    }

    private void Fetch(Reg to, Fp array, int index)
    {
        _w.Vmov(R(5), array);
        _w.Ldr(to, R(5), 4 * index);
    }

    private void FetchTo(Fp to, Fp array, int index)
    {
        Fetch(R(5), array, index);
        _w.Vmov(to, R(5));
    }

    // From r4 to an output, unless it is there.
    private void Copy(int output, int bytes)
    {
        var end = _w.NewLabel();
        Fetch(R(6), OutputArray, output);
        _w.Cmp(R(4), R(6));
        _w.Branch("eq", end);
        _w.Repeat(R(7), bytes, () =>
        {
            _w.LdrbThenAdd(R(8), R(4), 1);
            _w.StrbThenAdd(R(8), R(6), 1);
        });
        _w.Label(end);
    }

    private void OneRow()
    {
        _w.Vmov(R(11), Expanded);
        _sums.Expand(InRow, 0, _cell.Inputs, 0, 4, LstmSums.ExpandedBytes);
        _w.Vmov(InRow, R(9));
        StartRow();
        Units(() =>
        {
            _w.Vmov(R(11), Expanded);
            _sums.FourGates(_cell.InputGroups, EndOfInput);
            _activation.Rescale(0, 1, 2, 3);
            _w.Halves(R(0), R(0), R(1));
            _w.Halves(R(2), R(2), R(3));
            _w.Vmov(FirstGates, R(0));
            _w.Vmov(LastGates, R(2));

            // Rescale takes r11 where sums are shifted.
            if (_cell.Scales.Take(LstmCell.Gates).Any(scale => scale.Shift < 0))
            {
                _w.Vmov(R(11), ExpandedHidden);
            }
        });
    }

    private void TwoRows()
    {
        for (var row = 0; row < 2; row++)
        {
            _w.Vmov(R(11), Expanded);
            _sums.Expand(InRow, row * _cell.Inputs, _cell.Inputs, 4 * row, 8, 2 * LstmSums.ExpandedBytes);
        }

        _w.Vmov(R(4), InRow);
        _w.Vmov(R(5), RowsHere);
        _w.Vmov(RowsLeft, R(5));
        _w.Constant(R(6), _cell.Inputs);
        _w.Mla(R(4), R(5), R(6), R(4));
        _w.Vmov(InRow, R(4));
        InputProducts();

        _w.Vmov(R(4), GatesFrom);
        _w.Vmov(GatesAt, R(4));
        var row2 = _w.Loop();
        StartRow();
        Units(() =>
        {
            _w.Vmov(R(11), ExpandedHidden);
            _w.Add(R(10), R(10), _cell.InputBytes, R(4));
        });
        _w.Vmov(R(4), GatesFrom);
        _w.Add(R(4), R(4), GateBytes, R(5));
        _w.Vmov(GatesAt, R(4));
        _w.Vmov(R(4), RowsLeft);
        _w.Subs(R(4), 1);
        _w.Vmov(RowsLeft, R(4));
        _w.Branch("ne", row2);

        _w.Constant(R(4), 2);
        _w.Vmov(RowsHere, R(4));
    }

    private void InputProducts()
    {
        Fetch(R(10), InputArray, InputArrayWeights);
        _w.Vmov(R(4), GatesFrom);
        _w.Vmov(GatesAt, R(4));
        var loop = _w.Loop();
        for (var pair = 0; pair < 2; pair++)
        {
            _w.Vmov(R(11), Expanded);
            _sums.TwoGatesOfTwoRows(_cell.InputGroups, EndOfInput);
            _activation.Rescale(2 * pair, 2 * pair, (2 * pair) + 1, (2 * pair) + 1);
            _w.Vmov(R(9), GatesAt);
            _w.Halves(R(0), R(0), R(2));
            _w.Halves(R(1), R(1), R(3));
            _w.Str(R(0), R(9), 4 * pair);
            _w.Str(R(1), R(9), GateBytes + (4 * pair));

            // To the other two gates, then over those and the weights of h.
            const int TwoGates = 2 * sizeof(int);
            _w.Add(R(10), R(10), pair == 0 ? TwoGates - _cell.InputBytes : _cell.HiddenBytes - TwoGates, R(4));
        }

        _w.Vmov(R(4), GatesEnd);
        _w.AddSmall(R(9), 2 * GateBytes);
        _w.Vmov(GatesAt, R(9));
        _w.Cmp(R(9), R(4));
        _w.Branch("ne", loop);
    }

    private void StartRow()
    {
        _w.Vmov(R(11), ExpandedHidden);
        _sums.Expand(HiddenFrom, 0, _cell.Units, 0, 4, LstmSums.ExpandedBytes);
        _w.Vmov(R(4), _cell.OutRows < _cell.Rows ? OutFrom : OutEnd);
        _w.Vmov(HiddenFrom, R(4));
        _w.Vmov(OutAt, R(4));
        _w.Add(R(4), R(4), _cell.Units, R(5));
        _w.Vmov(OutEnd, R(4));
        FetchTo(CellAt, OutputArray, 2);
        Fetch(R(10), InputArray, InputArrayWeights);
    }

    private void Units(Action before)
    {
        var loop = _w.Loop();
        before();
        _sums.FourGates(_cell.UnitGroups, EndOfHidden);
        _activation.Rescale(4, 5, 6, 7);
        _w.Halves(R(0), R(0), R(1));
        _w.Halves(R(2), R(2), R(3));
        if (_rows == 1)
        {
            _w.Vmov(R(6), FirstGates);
            _w.Vmov(R(7), LastGates);
        }
        else
        {
            _w.Vmov(R(9), GatesAt);
            _w.LdrdThenAdd(R(6), R(7), R(9), 2 * GateBytes);
            _w.Vmov(GatesAt, R(9));
        }

        _w.Qadd16(R(0), R(0), R(6));
        _w.Qadd16(R(2), R(2), R(7));
        _activation.Gates();
        _activation.Cell(CellAt);
        _w.Vmov(R(11), OutAt);
        _w.Vmov(R(4), OutEnd);
        _w.StrbThenAdd(R(1), R(11), 1);
        _w.Vmov(OutAt, R(11));
        _w.Cmp(R(11), R(4));
        _w.Branch("ne", loop);
    }
}
