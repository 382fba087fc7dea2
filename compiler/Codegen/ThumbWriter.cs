// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace TinyInfer.Compiler.Codegen;

/// <summary>Writes the assembly of one routine. Nothing else in the compiler spells instructions.</summary>
internal sealed partial class ThumbWriter(string name)
{
    /// <summary>The largest of a load or a store, in bytes.</summary>
    public const int LargestOffset = 4095;

    private const int WideInstruction = 4;
    private const int CoreRegisters = 9 * sizeof(uint);
    private const int FpRegisters = 16 * sizeof(uint);
    private readonly StringBuilder _text = new();
    private int _labels;
    private int _hotParts;
    private int _onStack;

    public static Reg R(int number) => new(number);

    public static Fp S(int number) => new(number);

    /// <summary>Bytes of code so far, at most: every instruction counts as a wide one.</summary>
    public int CodeBytes { get; private set; }

    public override string ToString() => _text.ToString();

    public string NewLabel() => $".L{name}_{_labels++}";

    public void Label(string label) => _text.Append(label).Append(":\n");

    /// <summary>A loop entry: the target of a backward branch is fetched faster from a multiple of 8.</summary>
    public string Loop()
    {
        var label = NewLabel();
        _text.Append("    .p2align 3\n");
        Label(label);
        return label;
    }

    public void Comment(string text) => _text.Append("    @ ").Append(text).Append('\n');

    public void Mov(Reg to, Reg from) => Line($"mov {to}, {from}");

    public void Lsl(Reg to, Reg from, int shift) => Line($"lsl {to}, {from}, #{shift}");

    public void Lsl(Reg to, Reg from, Reg shift) => Line($"lsl {to}, {from}, {shift}");

    public void Lsr(Reg to, Reg from, int shift) => Line($"lsr {to}, {from}, #{shift}");

    public void Lsr(Reg to, Reg from, Reg shift) => Line($"lsr {to}, {from}, {shift}");

    public void OrrLsr(Reg to, Reg a, Reg b, int shiftRight) => Line($"orr {to}, {a}, {b}, lsr #{shiftRight}");

    /// <summary>Swaps the halves.</summary>
    public void SwapHalves(Reg to, Reg from) => Line($"ror {to}, {from}, #16");

    /// <summary>Zeros above the highest one.</summary>
    public void Clz(Reg to, Reg from) => Line($"clz {to}, {from}");

    /// <summary>Swaps the bytes of each half.</summary>
    public void Rev16(Reg to, Reg from) => Line($"rev16 {to}, {from}");

    public void Orr(Reg to, Reg a, Reg b, int shiftLeft) => Line($"orr {to}, {a}, {b}{Shift("lsl", shiftLeft)}");

    public void Constant(Reg to, int value)
    {
        Line($"movw {to}, #{value & 0xFFFF}");
        if ((uint)value > 0xFFFF)
        {
            Line($"movt {to}, #{(int)((uint)value >> 16)}");
        }
    }

    /// <summary>to = from + value; <paramref name="spare"/> is lost when the value is no immediate operand.</summary>
    public void Add(Reg to, Reg from, int value, Reg spare)
    {
        if (value == 0 && to == from)
        {
            return;
        }

        if (Math.Abs((long)value) < 4096)
        {
            Line($"{(value < 0 ? "sub" : "add")} {to}, {from}, #{Math.Abs(value)}");
        }
        else
        {
            Constant(spare, Math.Abs(value));
            Line($"{(value < 0 ? "sub" : "add")} {to}, {from}, {spare}");
        }
    }

    /// <summary>The same for a number kept in a register of the FPU.</summary>
    public void Add(Fp to, int value, Reg spare, Reg other)
    {
        if (value != 0)
        {
            Vmov(spare, to);
            Add(spare, spare, value, other);
            Vmov(to, spare);
        }
    }

    public void Add(Reg to, Reg from, Reg what, int shiftLeft = 0) => Line($"add {to}, {from}, {what}{Shift("lsl", shiftLeft)}");

    /// <summary>what += value, of at most 4095.</summary>
    public void AddSmall(Reg what, int value) => Line($"{(value < 0 ? "sub" : "add")} {what}, {what}, #{Math.Abs(value)}");

    public void Subs(Reg to, int value) => Line($"subs {to}, {to}, #{value}");

    public void And(Reg to, Reg a, Reg b, int shiftLeft) => Line($"and {to}, {a}, {b}{Shift("lsl", shiftLeft)}");

    /// <summary>from, or -1 - from where that is negative.</summary>
    public void EorSign(Reg to, Reg from) => Line($"eor {to}, {from}, {from}, asr #31");

    public void AndAsr(Reg to, Reg a, Reg b, int shift) => Line($"and {to}, {a}, {b}, asr #{shift}");

    /// <param name="mask">An immediate operand: bytes 0x00XY00XY or the like.</param>
    public void Eor(Reg to, Reg from, uint mask) => Line($"eor {to}, {from}, #0x{mask:X8}");

    /// <summary>Clears the lowest bytes.</summary>
    public void BicLowBytes(Reg to, int bytes)
    {
        Line($"lsr {to}, {to}, #{8 * bytes}");
        Line($"lsl {to}, {to}, #{8 * bytes}");
    }

    public void EorLsl(Reg what, Reg with, int shift) => Line($"eor {what}, {what}, {with}, lsl #{shift}");

    public void EorLsr(Reg what, Reg with, int shift) => Line($"eor {what}, {what}, {with}, lsr #{shift}");

    public void Asr(Reg to, Reg from, int shift) => Line($"asr {to}, {from}, #{shift}");

    public void Asr(Reg to, Reg from, Reg shift) => Line($"asr {to}, {from}, {shift}");

    public void AddAsr(Reg to, Reg a, Reg b, int shift) => Line($"add {to}, {a}, {b}, asr #{shift}");

    public void Sub(Reg to, Reg a, Reg b, int shiftLeft = 0) => Line($"sub {to}, {a}, {b}{Shift("lsl", shiftLeft)}");

    /// <summary>to = b shifted, less a.</summary>
    public void Rsb(Reg to, Reg a, Reg b, int shiftLeft) => Line($"rsb {to}, {a}, {b}{Shift("lsl", shiftLeft)}");

    /// <param name="value">An immediate operand.</param>
    public void SubImmediate(Reg to, Reg from, int value) => Line($"sub {to}, {from}, #{value}");

    /// <summary>to = value - from.</summary>
    /// <param name="value">An immediate operand.</param>
    public void SubFrom(Reg to, int value, Reg from) => Line($"rsb {to}, {from}, #{value}");

    public void Eor(Reg to, Reg a, Reg b) => Line($"eor {to}, {a}, {b}");

    /// <param name="mask">An immediate operand: bytes 0x00XY00XY or the like.</param>
    public void And(Reg to, Reg from, uint mask) => Line($"and {to}, {from}, #0x{mask:X8}");

    /// <summary>to = a + one half of b, zero extended.</summary>
    public void AddHalf(Reg to, Reg a, Reg b, bool top) => Line($"uxtah {to}, {a}, {b}{Shift("ror", top ? 16 : 0)}");

    /// <summary>to = 1 if the value is more than 0, else 0.</summary>
    public void IsAny(Reg to, Reg value) => Line($"usat {to}, #1, {value}");

    public void AndLsr(Reg to, Reg a, Reg b, int shift) => Line($"and {to}, {a}, {b}, lsr #{shift}");

    public void AddLsr(Reg to, Reg a, Reg b, int shift) => Line($"add {to}, {a}, {b}, lsr #{shift}");

    /// <param name="mask">An immediate operand: bytes 0xXYXYXYXY or the like.</param>
    public void Bic(Reg to, Reg from, uint mask) => Line($"bic {to}, {from}, #0x{mask:X8}");

    /// <param name="value">An immediate operand.</param>
    public void MovImmediate(Reg to, uint value) => Line($"mov {to}, #0x{value:X8}");

    /// <summary>Shifts the carry flag in at the top, and the lowest bit out into it.</summary>
    public void Rrxs(Reg to, Reg from) => Line($"rrxs {to}, {from}");

    /// <param name="condition">hi, lt, ...</param>
    public void MovIf(string condition, Reg to, Reg from)
    {
        Line($"it {condition}");
        Line($"mov{condition} {to}, {from}");
    }

    /// <param name="value">An immediate operand.</param>
    public void ImmediateIf(string condition, Reg to, int value)
    {
        Line($"it {condition}");
        Line($"mov{condition} {to}, #{value}");
    }

    public void Cmp(Reg a, Reg b) => Line($"cmp {a}, {b}");

    public void Cmp(Reg a, int value) => Line($"cmp {a}, #{value}");

    /// <summary>Loses what AAPCS lets it lose, and lr.</summary>
    public void Call(Routine routine) => Line($"bl {routine.Name}");

    public void Branch(string label) => Line($"b {label}");

    /// <param name="condition">eq, ne, hs, ...</param>
    public void Branch(string condition, string label) => Line($"b{condition} {label}");

    public void BranchIfOdd(Reg what, string label)
    {
        Line($"tst {what}, #1");
        Line($"bne {label}");
    }

    /// <summary>
    /// A piece of code that may be moved to RAM, see <see cref="HotPart"/>. No branch leads into it or out of it, and it calls nothing.
    /// </summary>
    /// <param name="rounds">How often an invocation comes by.</param>
    /// <param name="back">A register that the piece keeps.</param>
    /// <param name="at">Lost before the piece, like <paramref name="spare"/> and lr.</param>
    public void Hot(int rounds, Fp back, Reg at, Reg spare, Action body)
    {
        var part = $"{name}_hot{_hotParts++}";
        _text.Append(HotPart.MarkOf(part, rounds, _onStack, at, spare, back));
        body();
        _text.Append(HotPart.EndOf(part));
    }

    /// <summary>Room on the stack, from r13 on: words of outer loops.</summary>
    public void Reserve(int bytes)
    {
        Line($"sub r13, r13, #{bytes}");
        _onStack += bytes;
    }

    public void Release(int bytes)
    {
        Line($"add r13, r13, #{bytes}");
        _onStack -= bytes;
    }

    /// <summary>Saves what a routine must keep.</summary>
    public void Enter()
    {
        Line($"push {{r4-r11, lr}}");
        Line($"vpush {{s16-s31}}");
        _onStack = CoreRegisters + FpRegisters;
    }

    public void Leave()
    {
        Line($"vpop {{s16-s31}}");
        Line($"pop {{r4-r11, pc}}");
    }

    /// <summary>The same for routines that use no register of the FPU but s0-s15.</summary>
    public void EnterCore()
    {
        Line($"push {{r4-r11, lr}}");
        _onStack = CoreRegisters;
    }

    public void LeaveCore() => Line($"pop {{r4-r11, pc}}");

    /// <summary>Clears the lowest bits, at most 8.</summary>
    public void BicLowBits(Reg to, int bits) => Line($"bic {to}, {to}, #{(1 << bits) - 1}");

    /// <summary>value = value / 2^bits, halves away from zero: the reference's second rounding.</summary>
    public void RoundingShift(Reg value, int bits)
    {
        if (bits == 0)
        {
            return;
        }

        AddSign(value);
        if (bits > 1)
        {
            Asr(value, value, bits - 1);
        }

        AddSmall(value, 1);
        Asr(value, value, 1);
    }

    /// <summary>A loop whose counter is in the FPU; r8 and r10 are lost between rounds.</summary>
    /// <param name="next">Done between two rounds.</param>
    /// <param name="last">Done once, before the last round.</param>
    public void Repeat(Fp counter, int rounds, Action body, Action? next = null, Action? last = null)
    {
        if (rounds == 0)
        {
            return;
        }

        if (rounds == 1)
        {
            body();
            return;
        }

        Constant(R(8), rounds);
        Vmov(counter, R(8));
        Rounds(counter, body, next, last);
    }

    /// <summary>The same with the rounds in the counter already, at least one.</summary>
    public void Rounds(Fp counter, Action body, Action? next = null, Action? last = null)
    {
        var (loop, end) = (Loop(), NewLabel());
        body();
        Vmov(R(10), counter);
        Subs(R(10), 1);
        if (next is null && last is null)
        {
            Vmov(counter, R(10));
            Branch("ne", loop);
            return;
        }

        Branch("eq", end);
        Vmov(counter, R(10));
        next?.Invoke();
        if (last is not null)
        {
            Cmp(R(10), 1);
            Branch("ne", loop);
            last();
        }

        Branch(loop);
        Label(end);
    }

    /// <summary>The same with the counter in a register that the body keeps.</summary>
    public void Repeat(Reg counter, int rounds, Action body)
    {
        if (rounds < 2)
        {
            Repeat(default(Fp), rounds, body);
            return;
        }

        Constant(counter, rounds);
        var loop = Loop();
        body();
        Subs(counter, 1);
        Branch("ne", loop);
    }

    private static string Shift(string kind, int bits) => bits == 0 ? "" : $", {kind} #{bits}";

    private static string List(IReadOnlyList<Reg> registers) => string.Join(", ", registers.Select(register => register.ToString()));

    private void Line(FormattableString text)
    {
        _text.Append("    ").Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
        CodeBytes += WideInstruction;
    }
}

/// <summary>A core register.</summary>
internal readonly record struct Reg(int Number)
{
    public override string ToString() => Number == 14 ? "lr" : $"r{Number}";
}

/// <summary>A register of the FPU: a place for pointers, counters and parameters, one cycle away.</summary>
internal readonly record struct Fp(int Number)
{
    public override string ToString() => $"s{Number}";
}
