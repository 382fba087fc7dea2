// SPDX-License-Identifier: MIT
using System.Numerics;
using TinyInfer.Compiler.Ir;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Fusion;

/// <summary>
/// The code of a fused op, four elements a round. The results of a step stay in registers for the next one; what is needed later is packed into a word in a
/// register of the FPU, as pointers are. Constants of all steps are read in order by one pointer, which goes back after each round. A result is stored
/// when all words of a round have been read, so that it may lie over any of them.
/// </summary>
internal sealed class FusedRoutine
{
    private const int Lanes = 4;

    /// <summary>Multiples of four up to here are operands of instructions.</summary>
    private const int MostImmediate = 1020;

    private static readonly Reg Parameters = R(0);
    private static readonly Reg At = R(1);
    private static readonly Reg RepeatedAt = R(5);

    private readonly Fused _op;
    private readonly FusedSlots _slots;
    private readonly IReadOnlyList<bool> _mixedIn;
    private readonly IReadOnlyList<bool> _mixedOut;
    private readonly ThumbWriter _w;

    private FusedRoutine(Fused op, IReadOnlyList<bool> mixedIn, IReadOnlyList<bool> mixedOut)
    {
        (_op, _slots, _mixedIn, _mixedOut) = (op, new FusedSlots(op), mixedIn, mixedOut);
        Name = NameOf(op, mixedIn, mixedOut);
        _w = new ThumbWriter(Name);
        Emit();
    }

    private string Name { get; }

    private int Entry { get; set; }

    private int Round { get; set; }

    /// <summary>Instructions of a round.</summary>
    private int Looped { get; set; }

    private int Tail { get; set; }

    /// <summary>The routine, and its cycles without wait states.</summary>
    public static (Routine Routine, long Cycles) Of(Fused op, IReadOnlyList<Layout> inputs, IReadOnlyList<Layout> outputs, Core core)
    {
        var made = new FusedRoutine(op, [.. inputs.Select(IsMixed)], [.. outputs.Select(IsMixed)]);
        var instructions = made.Entry + ((op.Count / Lanes) * made.Round) + made.Tail;
        return (new Routine(made.Name, made._w.ToString()), (long)(instructions * (core == Core.CortexM7 ? 0.8 : 1.0)) + 40);
    }

    /// <summary>Bytes of the loop, at most.</summary>
    public static int LoopBytes(Fused op) =>
        sizeof(int) * new FusedRoutine(op, [.. Enumerable.Repeat(false, op.Leaves.Max(leaf => leaf.Input) + 1)], [.. op.Results.Select(_ => false)]).Looped;

    private static bool IsMixed(Layout layout) => layout == Layout.Msi;

    private static string NameOf(Fused op, IReadOnlyList<bool> mixedIn, IReadOnlyList<bool> mixedOut)
    {
        static string Flags(IReadOnlyList<bool> flags) => string.Concat(flags.Select(flag => flag ? '1' : '0'));
        static string Ref(int operand) => operand < 0 ? $"i{~operand}" : $"s{operand}";
        var (leaves, tables) = (op.Leaves.Select(leaf => $"{leaf.Input}o{leaf.Offset}{(leaf.Period is { } period ? $"p{period}" : "")}"), op.Tables);
        var steps = op.Steps.Select(step =>
            $"{step.Name}{string.Concat(step.Operands.Select(Ref))}{(step.Entries is { } entries ? tables.Index().First(table => table.Item.AsSpan().SequenceEqual(entries)).Index : "")}");
        return $"fused_{op.Count}_{Flags(mixedIn)}_{Flags(mixedOut)}_{string.Join('_', leaves)}__{string.Join('_', steps)}__{string.Join('_', op.Results)}";
    }

    private int Written => _w.CodeBytes / sizeof(int);

    private void Emit()
    {
        if (_slots.Count > FusedSlots.Free)
        {
            _w.Enter();
        }
        else
        {
            _w.EnterCore();
        }

        if (_slots.Count > _slots.FirstConstant)
        {
            _w.VldmThenAdd(Parameters, S(_slots.FirstConstant), _slots.Count - _slots.FirstConstant);
        }

        _w.VldmThenAdd(R(1), S(0), _slots.Operands);
        _w.VldmThenAdd(R(2), _slots.Result(0), _op.Results.Count);
        foreach (var (index, leaf) in _op.Leaves.Index().Where(leaf => leaf.Item.Offset != 0))
        {
            _w.Vmov(R(2), S(leaf.Input));
            _w.Add(R(2), R(2), leaf.Offset, R(3));
            _w.Vmov(_slots.Leaf(index), R(2));
        }

        _w.Constant(At, 0);
        _w.Constant(RepeatedAt, 0);
        Entry = Written + _slots.Operands + _op.Results.Count + _slots.Count - _slots.FirstConstant + (_slots.Count > FusedSlots.Free ? 60 : 26);
        Rounds();
        if (_op.Count % Lanes != 0)
        {
            var before = Written;
            Elements(_op.Count % Lanes);
            Tail = (Written - before) * 5 / 4;
        }

        if (_slots.Count > FusedSlots.Free)
        {
            _w.Leave();
        }
        else
        {
            _w.LeaveCore();
        }
    }

    private void Rounds()
    {
        if (_op.Count < Lanes)
        {
            return;
        }

        var (loop, before, whole) = (_w.Loop(), Written, _op.Count / Lanes * Lanes);
        var waits = Elements(Lanes);
        _w.AddSmall(At, Lanes);
        if (_op.Period is { } period && period < _op.Count)
        {
            if (BitOperations.IsPow2(period))
            {
                _w.Ubfx(RepeatedAt, At, BitOperations.Log2((uint)period));
            }
            else
            {
                _w.AddSmall(RepeatedAt, Lanes);
                Compare(RepeatedAt, period);
                _w.Constant(R(2), 0);
                _w.MovIf("eq", RepeatedAt, R(2));
            }
        }

        Compare(At, whole);
        _w.Branch("lt", loop);
        Looped = Written - before;
        Round = Looped + waits + 2;
    }

    private void Compare(Reg value, int limit)
    {
        if (limit <= MostImmediate)
        {
            _w.Cmp(value, limit);
            return;
        }

        _w.Constant(R(2), limit);
        _w.Cmp(value, R(2));
    }

    /// <summary>All steps of so many elements. Returns the cycles besides one an instruction.</summary>
    private int Elements(int lanes)
    {
        var (waits, words) = (0, 0);
        var lastLoad = _op.Steps.Index().Last(step => step.Item.Operands.Any(operand => operand < 0)).Index;
        var late = new List<int>();
        foreach (var (index, step) in _op.Steps.Index())
        {
            var at = Operands(index, step, lanes);
            waits += step.Operands.Count(operand => operand < 0) + (step.Entries is null ? 0 : 1);
            if (step.Entries is not null)
            {
                _w.Vmov(FusedRegisters.Constants[0], _slots.Table(step));
            }
            else if (_slots.Constants(index) is { } first)
            {
                for (var i = 0; i < step.Constants.Count; i++)
                {
                    _w.Vmov(FusedRegisters.Constants[i], S(first.Number + i));
                }
            }
            else if (step.Constants.Count > 0)
            {
                _w.LdmThenAdd(Parameters, FusedRegisters.Constants[..step.Constants.Count]);
                (waits, words) = (waits + step.Constants.Count, words + step.Constants.Count);
            }

            step.Emit(_w, at);
            if (_slots.IsPacked(index))
            {
                var reads = index + 1 < _op.Steps.Count && _op.Steps[index + 1] is { ReadsWords: true } next && next.Operands.Contains(index);
                Pack(lanes, keeps: reads);
                if (_slots.Parked(index) is { } slot)
                {
                    _w.Vmov(slot, FusedRegisters.WordA);
                }

                if (_op.Results.Contains(index) && index >= lastLoad)
                {
                    Store(index, lanes);
                }
                else if (_op.Results.Contains(index))
                {
                    late.Add(index);
                }
            }

            if (index == lastLoad)
            {
                foreach (var result in late.Except([index]))
                {
                    _w.Vmov(FusedRegisters.WordA, _slots.Parked(result)!.Value);
                    Store(result, lanes);
                }
            }
        }

        if (words > 0)
        {
            _w.AddSmall(Parameters, -words * sizeof(int));
        }

        return waits;
    }

    /// <summary>Brings the operands of a step into registers.</summary>
    private FusedRegisters Operands(int index, FusedStep step, int lanes)
    {
        var current = index - 1;
        if (step.Operands.All(operand => operand == current && current >= 0))
        {
            return new FusedRegisters(lanes, null, null, IsSwapped: false);
        }

        if (step.Operands.Count == 1)
        {
            Load(FusedRegisters.WordA, step.Operands[0], lanes);
            return new FusedRegisters(lanes, FusedRegisters.WordA, null, IsSwapped: false);
        }

        if (current >= 0 && step.Operands.Contains(current))
        {
            var isSwapped = step.Operands[1] == current;
            Load(FusedRegisters.WordB, step.Operands[isSwapped ? 0 : 1], lanes);
            return new FusedRegisters(lanes, null, FusedRegisters.WordB, isSwapped);
        }

        Load(FusedRegisters.WordA, step.Operands[0], lanes);
        Load(FusedRegisters.WordB, step.Operands[1], lanes);
        return new FusedRegisters(lanes, FusedRegisters.WordA, FusedRegisters.WordB, IsSwapped: false);
    }

    private void Load(Reg word, int operand, int lanes)
    {
        if (operand >= 0)
        {
            _w.Vmov(word, _slots.Parked(operand)!.Value);
            return;
        }

        var leaf = _op.Leaves[~operand];
        var at = leaf.Period is null ? At : RepeatedAt;
        _w.Vmov(word, _slots.Leaf(~operand));
        if (lanes == Lanes)
        {
            _w.LdrAt(word, word, at);
        }
        else
        {
            var (pointer, spare) = (R(2), R(3));
            _w.Add(pointer, word, at);
            _w.Ldrb(word, pointer, 0);
            for (var lane = 1; lane < lanes; lane++)
            {
                _w.Ldrb(spare, pointer, lane);
                _w.Bfi(word, spare, 8 * lane, 8);
            }
        }

        if (_mixedIn[leaf.Input])
        {
            _w.Eor(word, word, MixedSigns.EvenTops);
        }
    }

    /// <summary>The lowest bytes of the elements as one word.</summary>
    /// <param name="keeps">The elements are needed as they are; otherwise only their lowest bytes are left.</param>
    private void Pack(int lanes, bool keeps)
    {
        var (word, spare, elements) = (FusedRegisters.WordA, FusedRegisters.Spare, FusedRegisters.Elements);
        if (lanes < Lanes)
        {
            _w.Mov(word, elements[0]);
            for (var lane = 1; lane < lanes; lane++)
            {
                _w.Bfi(word, elements[lane], 8 * lane, 8);
            }

            return;
        }

        var (low, high) = keeps ? (spare, word) : (elements[0], elements[2]);
        if (keeps)
        {
            _w.Mov(low, elements[0]);
            _w.Mov(high, elements[2]);
        }

        _w.Bfi(low, elements[1], 8, 8);
        _w.Bfi(high, elements[3], 8, 8);
        _w.Halves(word, low, high);
    }

    private void Store(int step, int lanes)
    {
        var (word, pointer) = (FusedRegisters.WordA, FusedRegisters.Spare);
        var result = _op.Results.Index().First(result => result.Item == step).Index;
        if (_mixedOut[result])
        {
            _w.Eor(word, word, MixedSigns.EvenTops);
        }

        _w.Vmov(pointer, _slots.Result(result));
        if (lanes == Lanes)
        {
            _w.StrAt(word, pointer, At);
            return;
        }

        _w.Add(pointer, pointer, At);
        for (var lane = 0; lane < lanes; lane++)
        {
            _w.Strb(word, pointer, lane);
            _w.Lsr(word, word, 8);
        }
    }
}
