// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Softmax;

/// <summary>
/// A row in three passes of four elements at a time: the largest, the sum of exponentials, the outputs. Differences are those of bytes,
/// and one saturating addition turns all that are beyond the table into its last entry, 0.
/// <code>
/// sum    += (exp + 2^11) >> 12                            Q12.19
/// output  = (hi32(exp * 2 r + 2^31) + half) >> shift      r = 2^bits / sum in Q0.31
/// </code>
/// 2 r has no room in a signed word, 2 r - 2^32 has, and SMMLAR adds exp to the product of the two. The output may lie over the input.
/// </summary>
internal sealed class SoftmaxRoutine
{
    private static readonly Reg In = R(0);
    private static readonly Reg Out = R(1);
    private static readonly Reg Table = R(2);
    private static readonly Reg Largest = R(3);
    private static readonly Reg Beyond = R(4);
    private static readonly Reg[] Values = [R(5), R(6), R(7), R(8)];
    private static readonly Reg Word = R(9);
    private static readonly Reg Sum = R(10);
    private static readonly Reg Factor = R(10);
    private static readonly Reg Shift = R(11);
    private static readonly Reg Counter = R(12);
    private static readonly Reg Estimate = R(12);
    private static readonly Reg Half = R(14);
    private static readonly Reg Spare = R(14);
    private static readonly Fp RowCounter = S(0);

    private readonly SoftmaxShape _shape;
    private readonly ThumbWriter _w;

    private SoftmaxRoutine(SoftmaxShape shape, string name) => (_shape, _w) = (shape, new ThumbWriter(name));

    public static Routine Of(SoftmaxShape shape)
    {
        var name = $"softmax_{shape.Width}_{shape.Depth}_r{shape.Rows}e{shape.Entries}";
        return new Routine(name, new SoftmaxRoutine(shape, name).Emit());
    }

    private int Unreachable => SoftmaxShape.MostEntries - _shape.Entries;

    private string Emit()
    {
        _w.EnterCore();
        _w.Ldr(Word, R(2));
        _w.Ldm(R(1), In, Table);
        _w.Mov(Out, Word);
        if (Unreachable > 0)
        {
            _w.Add(Table, Table, -Unreachable * sizeof(int), Beyond);
            _w.MovImmediate(Beyond, (uint)Unreachable * 0x01010101);
        }

        _w.Repeat(RowCounter, _shape.Rows, () =>
        {
            FindLargest();
            AddUp();
            Invert();
            Store();
        });
        _w.LeaveCore();
        return _w.ToString();
    }

    /// <summary>In all bytes of a register. Words overlap where they do not divide the row; the shortest rows are repeated within a word.</summary>
    private void FindLargest()
    {
        if (_shape.Words == 0)
        {
            Load(_shape.Rest);
            _w.AddSmall(In, -_shape.Rest);
            Fill();
        }
        else
        {
            _w.LdrThenAdd(Largest, In, SoftmaxShape.Group);
            _w.Repeat(Counter, _shape.Words - 1, () =>
            {
                _w.LdrThenAdd(Word, In, SoftmaxShape.Group);
                _w.MaxBytes(Largest, Word, Spare);
            });
            _w.Add(In, In, -_shape.Words * SoftmaxShape.Group, Spare);
            if (_shape.Rest > 0)
            {
                _w.Ldr(Word, In, _shape.Depth - SoftmaxShape.Group);
                _w.MaxBytes(Largest, Word, Spare);
            }
        }

        if (_shape.Depth > 2)
        {
            _w.SwapHalves(Word, Largest);
            _w.MaxBytes(Largest, Word, Spare);
        }

        if (_shape.Depth > 1)
        {
            _w.Rev16(Word, Largest);
            _w.MaxBytes(Largest, Word, Spare);
        }
    }

    private void Fill()
    {
        _w.Mov(Largest, Word);
        if (_shape.Depth == 1)
        {
            _w.Bfi(Largest, Word, at: 8, bits: 8);
        }

        if (_shape.Depth == 3)
        {
            _w.Bfi(Largest, Values[0], at: 24, bits: 8);
        }
        else
        {
            _w.Halves(Largest, Largest, Largest);
        }
    }

    private void AddUp()
    {
        _w.MovImmediate(Sum, 0);
        Groups(count =>
        {
            Exponentials(count);
            foreach (var (index, value) in Values[..count].Index())
            {
                var rounded = index % 2 == 0 ? Word : Spare;
                _w.Add(rounded, value, 1 << 11, rounded);
                _w.AddLsr(Sum, Sum, rounded, 12);
            }
        });
        if (!_shape.FitsRegisters)
        {
            _w.Add(In, In, -_shape.Depth, Spare);
        }
    }

    /// <summary>
    /// gemmlowp's Newton iterations for 1 / d, d = (1 + x) / 2 the sum without zeros above it, in Q2.29. Of a product with d, at least 2^30 in Q0.31, the
    /// second factor is 2 d - 2^32 as of those with r.
    /// </summary>
    private void Invert()
    {
        const int One = 1 << 29;
        const int First = 1515870810;
        const int Slope = -1010580540;
        var (denominator, error) = (Factor, Word);

        _w.Clz(Shift, Sum);
        _w.Lsl(Sum, Sum, Shift);
        _w.SubFrom(Shift, 31 - _shape.Width + 12, Shift);
        _w.Lsr(error, Sum, 1);
        _w.Lsl(denominator, error, 1);
        _w.Constant(Estimate, First);
        _w.Constant(Spare, 2 * Slope);
        _w.Smmlar(Estimate, error, Spare, Estimate);
        for (var iteration = 0; iteration < 3; iteration++)
        {
            _w.Smmlar(error, Estimate, denominator, Estimate);
            _w.SubFrom(error, One, error);
            _w.Add(error, error, error);
            _w.Smmulr(error, error, Estimate);
            _w.Add(Estimate, Estimate, error, 2);
        }

        _w.Qadd(Estimate, Estimate, Estimate);
        _w.Add(Factor, Estimate, Estimate);
        _w.MovImmediate(Half, 1);
        _w.SubImmediate(Word, Shift, 1);
        _w.Lsl(Half, Half, Word);
    }

    private void Store() => Groups(count =>
    {
        if (!_shape.FitsRegisters)
        {
            Exponentials(count);
        }

        var values = Values[..count];
        Each(values, value => _w.Smmlar(value, value, Factor, value));
        Each(values, value => _w.Add(value, value, Half));
        Each(values, value => _w.Lsr(value, value, Shift));
        if (_shape.IsWide)
        {
            StoreHalves(values);
        }
        else
        {
            StoreBytes(values);
        }
    });

    /// <summary>1 is one more than a byte holds.</summary>
    private void StoreBytes(Reg[] values)
    {
        if (values.Length == SoftmaxShape.Group)
        {
            _w.Halves(values[0], values[0], values[2]);
            _w.Halves(values[1], values[1], values[3]);
            _w.HalvesToBytes(values[0]);
            _w.HalvesToBytes(values[1]);
            _w.Orr(values[0], values[0], values[1], 8);
            _w.Eor(values[0], values[0], 0x80808080);
            _w.StrThenAdd(values[0], Out, SoftmaxShape.Group);
            return;
        }

        Each(values, value => _w.SaturateUnsigned(value, 8));
        Each(values, value => _w.Eor(value, value, 0x80));
        Each(values, value => _w.StrbThenAdd(value, Out, 1));
    }

    private void StoreHalves(Reg[] values)
    {
        Each(values, value => _w.SaturateUnsigned(value, 16));
        for (var index = 0; index < values.Length; index += 2)
        {
            var value = values[index];
            if (index + 1 < values.Length)
            {
                _w.Halves(value, value, values[index + 1]);
                _w.Eor(value, value, 0x80008000);
                _w.StrThenAdd(value, Out, sizeof(int));
            }
            else
            {
                _w.Eor(value, value, 0x8000);
                _w.StrhThenAdd(value, Out, sizeof(short));
            }
        }
    }

    /// <summary>All elements of the row.</summary>
    private void Groups(Action<int> group)
    {
        _w.Repeat(Counter, _shape.Words, () => group(SoftmaxShape.Group));
        if (_shape.Rest > 0)
        {
            group(_shape.Rest);
        }
    }

    /// <summary>Those of the next elements.</summary>
    private void Exponentials(int count)
    {
        if (count == SoftmaxShape.Group)
        {
            _w.LdrThenAdd(Word, In, SoftmaxShape.Group);
        }
        else
        {
            Load(count);
        }

        _w.SubBytes(Word, Largest, Word);
        if (Unreachable > 0)
        {
            _w.SaturatingAddBytes(Word, Word, Beyond);
        }

        foreach (var (index, value) in Values[..count].Index())
        {
            _w.Byte(value, Word, index, unsigned: true);
        }

        Each(Values[..count], value => _w.LdrWord(value, Table, value));
    }

    /// <summary>One to three elements, zero or sign extended; the third one is left behind in a register of its own, too.</summary>
    private void Load(int count)
    {
        if (count == 1)
        {
            _w.LdrbThenAdd(Word, In, 1);
            return;
        }

        _w.LdrshThenAdd(Word, In, sizeof(short));
        if (count == 3)
        {
            _w.LdrbThenAdd(Values[0], In, 1);
            _w.Bfi(Word, Values[0], at: 16, bits: 8);
        }
    }

    private static void Each(Reg[] values, Action<Reg> what)
    {
        foreach (var value in values)
        {
            what(value);
        }
    }
}
