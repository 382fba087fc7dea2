// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Binary;

/// <summary>
/// Counts the bits in which two runs of paired words differ. Neither core counts bits; full adders of 32 columns (five operations) keep the
/// count of each column in vertical binary numbers instead, so that of sixteen words only one carry, which counts sixteenfold, is
/// counted by shifts and masks (Harley and Seal; see Warren, Hacker's Delight, 5-1). Words that fill no block of sixteen come first,
/// while the higher digits are still zero: their carries become the digits.
/// </summary>
internal sealed class BinaryCount(ThumbWriter w, int words)
{
    /// <summary>Bytes of the sixteenfold counts hold this many blocks.</summary>
    public const int MostWords = 31 * Block;

    private const int Block = 16;

    /// <summary>Where the first run starts; lost.</summary>
    public static readonly Reg Left = R(0);

    /// <summary>Where the second one starts; afterwards where it ends.</summary>
    public static readonly Reg Right = R(1);

    /// <summary>Gets the count. All registers but <see cref="Right"/> are lost.</summary>
    public static readonly Reg Count = R(2);

    /// <summary>Where the first run ends.</summary>
    public static readonly Fp End = S(5);

    private static readonly Reg Ones = R(2);
    private static readonly Reg Twos = R(3);
    private static readonly Reg Fours = R(4);
    private static readonly Reg Eights = R(14);
    private static readonly Reg Bytes = R(12);
    private static readonly Reg Carry = R(5);
    private static readonly Reg Second = R(9);
    private static readonly Reg Third = R(10);
    private static readonly Reg Spare = R(11);
    private static readonly Reg Mask = R(6);

    private static readonly Fp Kept = S(7);

    private int Rest => words % Block;

    /// <summary>What <see cref="Emit"/> takes on a Cortex-M4.</summary>
    public static int Cycles(int words)
    {
        var adders = (words / 4) + (words / 8) + (words / Block);
        var digits = words >= 8 ? 4 : words >= 4 ? 3 : words >= 2 ? 2 : 1;
        return (words * 63 / 10) + (adders * 5) + (words / Block * 20) + (digits * 6) + (words < Block ? 10 : 16);
    }

    public void Emit()
    {
        var at = Start();
        if (words >= Block)
        {
            if (at > 0)
            {
                w.AddSmall(Left, at);
                w.AddSmall(Right, at);
            }

            var loop = w.Loop();
            Eight(Carry, 0);
            Eight(Third, 32);
            Add(Carry, Third, Eights);
            CountCarry();
            w.AddSmall(Left, 4 * Block);
            w.AddSmall(Right, 4 * Block);
            if (words >= 2 * Block)
            {
                w.Vmov(Spare, End);
                w.Cmp(Left, Spare);
                w.Branch("ne", loop);
            }
        }
        else
        {
            w.AddSmall(Right, at);
        }

        Sum();
    }

    // The words before the blocks; returns how many bytes they have.
    private int Start()
    {
        var at = 0;
        if ((Rest & 1) != 0)
        {
            w.Ldr(Ones, Left);
            w.Ldr(Spare, Right);
            w.Eor(Ones, Ones, Spare);
            at += 4;
        }
        else
        {
            w.MovImmediate(Ones, 0);
        }

        at += Digit(Twos, 2, at, from => Two(Carry, from));
        at += Digit(Fours, 4, at, from => Four(Carry, Second, from));
        at += Digit(Eights, 8, at, from => Eight(Carry, from));
        if (words >= Block)
        {
            w.MovImmediate(Bytes, 0);
        }

        return at;
    }

    // A digit that only words of higher digits could set starts at zero, and is not there when there are none.
    private int Digit(Reg digit, int weight, int at, Action<int> carry)
    {
        if ((Rest & weight) != 0)
        {
            carry(at);
            w.Mov(digit, Carry);
            return 4 * weight;
        }

        if (words >= weight)
        {
            w.MovImmediate(digit, 0);
        }

        return 0;
    }

    private void Two(Reg carry, int at)
    {
        w.Ldr(carry, Left, at);
        w.Ldr(R(6), Left, at + 4);
        w.Ldr(R(7), Right, at);
        w.Ldr(R(8), Right, at + 4);
        w.Eor(carry, carry, R(7));
        w.Eor(R(6), R(6), R(8));

        // The words are paired: r6 is their difference. Where they differ the carry is the digit, else it is theirs.
        w.Eor(Spare, carry, Ones);
        w.Eor(Ones, Ones, R(6));
        w.And(Spare, Spare, R(6), 0);
        w.Eor(carry, carry, Spare);
    }

    private void Four(Reg carry, Reg other, int at)
    {
        Two(carry, at);
        Two(other, at + 8);
        Add(carry, other, Twos);
    }

    private void Eight(Reg carry, int at)
    {
        if (carry == Carry)
        {
            Four(Carry, Second, at);
            Four(Second, Third, at + 16);
            Add(Carry, Second, Fours);
            return;
        }

        // The carry of the eight before is in its register: one place too few.
        Four(carry, Second, at);
        Two(Second, at + 16);
        w.Vmov(Kept, Second);
        Two(Second, at + 24);
        w.Vmov(R(6), Kept);
        Add(Second, R(6), Twos);
        Add(carry, Second, Fours);
    }

    /// <summary>The sum of three bits: its low digit goes into <paramref name="digit"/>, the carry into a; b is lost.</summary>
    private void Add(Reg a, Reg b, Reg digit)
    {
        w.Eor(Spare, a, b);
        w.And(a, a, b, 0);
        w.And(b, Spare, digit, 0);
        w.Eor(digit, digit, Spare);
        w.Orr(a, a, b, 0);
    }

    // Adds the bits of each byte of the carry to the bytes.
    private void CountCarry()
    {
        w.MovImmediate(Mask, 0x55555555);
        w.AndLsr(Spare, Mask, Carry, 1);
        w.Sub(Carry, Carry, Spare);
        w.MovImmediate(Mask, 0x33333333);
        w.AndLsr(Spare, Mask, Carry, 2);
        w.And(Carry, Carry, 0x33333333);
        w.Add(Carry, Carry, Spare);
        w.AddLsr(Carry, Carry, Carry, 4);
        w.Bic(Carry, Carry, 0xF0F0F0F0);
        w.Add(Bytes, Bytes, Carry);
    }

    // Nibbles first hold up to 4, of two digits together up to 12; bytes of four digits up to 120.
    private void Sum()
    {
        Reg[] digits = [.. new[] { (Ones, 1), (Twos, 2), (Fours, 4), (Eights, 8) }.Where(digit => words >= digit.Item2).Select(digit => digit.Item1)];
        w.MovImmediate(Mask, 0x55555555);
        foreach (var digit in digits)
        {
            w.AndLsr(Spare, Mask, digit, 1);
            w.Sub(digit, digit, Spare);
        }

        w.MovImmediate(Mask, 0x33333333);
        foreach (var digit in digits)
        {
            w.AndLsr(Spare, Mask, digit, 2);
            w.And(digit, digit, Mask, 0);
            w.Add(digit, digit, Spare);
        }

        foreach (var pair in digits.Chunk(2))
        {
            if (pair is [var low, var high])
            {
                w.Add(low, low, high, 1);
            }

            w.Bic(Spare, pair[0], 0x0F0F0F0F);
            w.Bic(pair[0], pair[0], 0xF0F0F0F0);
            w.AddLsr(pair[0], pair[0], Spare, 4);
        }

        if (digits.Length > 2)
        {
            w.Add(Ones, Ones, Fours, 2);
        }

        w.MovImmediate(Mask, 0);
        w.Usad8(Count, Ones, Mask);
        if (words >= Block)
        {
            w.Usad8(Bytes, Bytes, Mask);
            w.Add(Count, Count, Bytes, 4);
        }
    }
}
