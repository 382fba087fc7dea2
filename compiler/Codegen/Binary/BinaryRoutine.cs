// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ops.Lce;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Binary;

/// <summary>
/// The code of a binary convolution:
/// <code>
/// for each image, row and column of outputs
///   for each group
///     gather the words under the window, zeros outside the input
///     for each output channel: count differing bits, output
/// </code>
/// Operands: inputs are tensor, weights, table (<see cref="BinaryTable"/>).
/// </summary>
internal sealed class BinaryRoutine
{
    private static readonly Fp Patch = S(0);
    private static readonly Fp Weights = S(1);
    private static readonly Fp Stream = S(2);
    private static readonly Fp Out = S(3);
    private static readonly Fp Word = S(4);
    private static readonly Fp Product = S(8);
    private static readonly Fp Multiplier = S(9);
    private static readonly Fp Bias = S(10);
    private static readonly Fp Channels = S(11);
    private static readonly Fp RowsLeft = S(12);
    private static readonly Fp ColumnsLeft = S(13);
    private static readonly Fp OriginY = S(14);
    private static readonly Fp OriginX = S(15);
    private static readonly Fp Image = S(16);
    private static readonly Fp Batches = S(17);
    private static readonly Fp GroupsLeft = S(18);
    private static readonly Fp Table = S(19);
    private static readonly Fp RowTable = S(20);
    private static readonly Fp ColumnTable = S(21);
    private static readonly Fp FirstWeights = S(22);
    private static readonly Fp Group = S(23);

    private readonly ThumbWriter _w;
    private readonly BinaryShape _shape;
    private readonly BinaryCount _count;

    private BinaryRoutine(ThumbWriter w, BinaryShape shape)
    {
        (_w, _shape, _count) = (w, shape, new BinaryCount(w, shape.Words));
    }

    public static Routine Of(BinaryShape shape, Core core)
    {
        var w = new ThumbWriter(shape.Name);
        new BinaryRoutine(w, shape).Emit();
        return new Routine(shape.Name, w.ToString());
    }

    private void Emit()
    {
        _w.Enter();
        _w.Vmov(Patch, R(3));
        _w.Ldm(R(1), R(4), R(5), R(6));
        _w.Vmov(Image, R(4));
        _w.Vmov(FirstWeights, R(5));
        _w.Vmov(Table, R(6));
        _w.Ldr(R(4), R(2));
        _w.Vmov(Out, R(4));
        _w.Repeat(Batches, _shape.Batch, () =>
        {
            Set(OriginY, -_shape.Rows.Pad);
            Point(RowTable, TableBytes);
            _w.Repeat(RowsLeft, _shape.Rows.Out, Row);
            _w.Add(Image, _shape.Rows.In * _shape.Columns.In * _shape.InDepth * sizeof(int), R(4), R(5));
        });
        _w.Leave();
    }

    private int TableBytes => (int)BinaryTable.TablesOf(_shape) * sizeof(int);

    private void Row()
    {
        Set(OriginX, -_shape.Columns.Pad);
        Point(ColumnTable, TableBytes + (_shape.Rows.Out * sizeof(int)));
        _w.Repeat(ColumnsLeft, _shape.Columns.Out, Pixel);
        _w.Add(OriginY, _shape.Rows.Stride, R(4), R(5));
        Next(RowTable);
    }

    private void Pixel()
    {
        _w.Vmov(R(4), Table);
        if (_shape.Corrected)
        {
            AddWordAt(R(4), RowTable);
            AddWordAt(R(4), ColumnTable);
        }

        _w.Vmov(Stream, R(4));
        _w.Vmov(R(4), FirstWeights);
        _w.Vmov(Weights, R(4));
        _w.Vmov(R(4), Image);
        _w.Vmov(Group, R(4));
        _w.Repeat(GroupsLeft, _shape.Groups, () =>
        {
            Gather();
            _w.Vmov(BinaryCount.Right, Weights);
            GroupOutputs();
            if (_shape.Groups > 1)
            {
                _w.Vmov(Weights, BinaryCount.Right);
                _w.Add(Group, _shape.FilterDepth * sizeof(int), R(4), R(5));
            }
        });
        _w.Add(OriginX, _shape.Columns.Stride, R(4), R(5));
        Next(ColumnTable);
    }

    // r0: patch, r3: group, r4: first pixel of the row, r5: row, r6: rows left, r7: column, r8: columns left, r9: pixel, r12: height, r14: width.
    private void Gather()
    {
        _w.Vmov(R(3), Group);
        _w.Vmov(R(5), OriginY);
        _w.Constant(R(14), _shape.Columns.In);
        _w.Vmov(R(0), Patch);
        _w.Constant(R(12), _shape.Rows.In);
        _w.Repeat(R(6), _shape.Rows.Filter, () =>
        {
            _w.Vmov(R(7), OriginX);
            _w.Mul(R(4), R(5), R(14));
            _w.Repeat(R(8), _shape.Columns.Filter, () =>
            {
                Tap();
                _w.Add(R(7), R(7), _shape.Columns.Dilation, R(10));
            });
            _w.Add(R(5), R(5), _shape.Rows.Dilation, R(10));
        });
        Pair();
    }

    // As ti_lce.h says.
    private void Pair()
    {
        _w.Vmov(R(0), Patch);
        if (_shape.Words % 2 != 0)
        {
            _w.AddSmall(R(0), sizeof(int));
        }

        _w.Repeat(R(6), _shape.Words / 2, () =>
        {
            _w.Ldm(R(0), R(10), R(11));
            _w.Eor(R(11), R(10), R(11));
            _w.StmThenAdd(R(0), R(10), R(11));
        });
        _w.Vmov(BinaryCount.End, R(0));
    }

    private void Tap()
    {
        var (outside, end) = (_w.NewLabel(), _w.NewLabel());
        var padded = _shape.Rows.IsPadded || _shape.Columns.IsPadded;
        if (padded)
        {
            _w.Cmp(R(5), R(12));
            _w.Branch("hs", outside);
            _w.Cmp(R(7), R(14));
            _w.Branch("hs", outside);
        }

        PixelAddress();
        ByPairs(R(1), (first, second) => Two(first, second, () => _w.LdmThenAdd(R(9), first, second), () => _w.LdrThenAdd(first, R(9), 4)));
        if (padded)
        {
            _w.Branch(end);
            _w.Label(outside);
            _w.MovImmediate(R(10), 0);
            _w.MovImmediate(R(11), 0);
            ByPairs(R(1), (first, second) => Two(first, second, () => { }, () => { }));
            _w.Label(end);
        }
    }

    private void Two(Reg first, Reg second, Action loadBoth, Action loadOne)
    {
        if (second != first)
        {
            loadBoth();
            _w.StmThenAdd(R(0), first, second);
        }
        else
        {
            loadOne();
            _w.StrThenAdd(first, R(0), 4);
        }
    }

    // The words of a pixel, two by two.
    private void ByPairs(Reg counter, Action<Reg, Reg> pair)
    {
        const int MostUnrolled = 8;
        var pairs = _shape.FilterDepth / 2;
        if (pairs > MostUnrolled)
        {
            _w.Repeat(counter, pairs, () => pair(R(10), R(11)));
        }
        else
        {
            for (var i = 0; i < pairs; i++)
            {
                pair(R(10), R(11));
            }
        }

        if (_shape.FilterDepth % 2 != 0)
        {
            pair(R(10), R(10));
        }
    }

    private void PixelAddress()
    {
        _w.Add(R(9), R(4), R(7));
        _w.Constant(R(10), _shape.InDepth * sizeof(int));
        _w.Mla(R(9), R(9), R(10), R(3));
    }

    private void GroupOutputs()
    {
        if (_shape.Output == BinaryOutput.Bits)
        {
            _w.Repeat(Channels, _shape.GroupOutputs / Bits.PerWord, () => BitsOf(Bits.PerWord));
            if (_shape.GroupOutputs % Bits.PerWord is var rest and > 0)
            {
                BitsOf(rest);
            }

            return;
        }

        _w.Repeat(Channels, _shape.GroupOutputs, () =>
        {
            CountBits();
            Real();
            if (_shape.Output == BinaryOutput.Int8)
            {
                Rounded();
            }

            _w.Vmov(R(7), Out);
            if (_shape.Output == BinaryOutput.Int8)
            {
                _w.StrbThenAdd(R(2), R(7), 1);
            }
            else
            {
                _w.Vmov(R(2), Product);
                _w.StrThenAdd(R(2), R(7), 4);
            }

            _w.Vmov(Out, R(7));
        });
    }

    private void CountBits()
    {
        _w.Vmov(BinaryCount.Left, Patch);
        _count.Emit();
    }

    // Bits enter the word at its top; a one that was there from the start falls out when it is full.
    private void BitsOf(int channels)
    {
        _w.MovImmediate(R(8), 1U << (channels - 1));
        _w.Vmov(Word, R(8));
        var loop = _w.Loop();
        CountBits();
        _w.Vmov(R(6), Stream);
        _w.LdrThenAdd(R(7), R(6), 4);
        _w.Vmov(Stream, R(6));
        _w.Vmov(R(6), Word);
        _w.Cmp(BinaryCount.Count, R(7));
        _w.Rrxs(R(6), R(6));
        _w.Vmov(Word, R(6));
        _w.Branch("lo", loop);
        if (channels < Bits.PerWord)
        {
            _w.Lsr(R(6), R(6), Bits.PerWord - channels);
        }

        _w.Vmov(R(7), Out);
        _w.StrThenAdd(R(6), R(7), 4);
        _w.Vmov(Out, R(7));
    }

    // clamp(2 * count) * multiplier + bias
    private void Real()
    {
        var count = BinaryCount.Count;
        _w.Vmov(R(6), Stream);
        if (_shape.Corrected)
        {
            _w.LdrThenAdd(R(7), R(6), 4);
            _w.Sub(count, count, R(7));
        }

        _w.VldmThenAdd(R(6), Multiplier, 2);
        _w.Vmov(Stream, R(6));
        _w.Lsl(count, count, 1);
        if (_shape.Min is { } min)
        {
            _w.Constant(R(7), min);
            _w.Limit(count, R(7), low: true);
        }

        if (_shape.Max is { } max)
        {
            _w.Constant(R(7), max);
            _w.Limit(count, R(7), low: false);
        }

        _w.Vmov(Product, count);
        _w.VcvtToFloat(Product, Product);
        _w.Vmul(Product, Product, Multiplier);
        _w.Vadd(Product, Product, Bias);
    }

    // Halves away from zero: twice the fraction, without its own, is -1, 0 or 1. What no int32 holds saturates in every step.
    private void Rounded()
    {
        _w.VcvtToInteger(Multiplier, Product);
        _w.VcvtToFloat(Bias, Multiplier);
        _w.Vsub(Bias, Product, Bias);
        _w.Vadd(Bias, Bias, Bias);
        _w.VcvtToInteger(Bias, Bias);
        _w.Vmov(R(2), Multiplier);
        _w.Vmov(R(7), Bias);
        _w.Qadd(R(2), R(2), R(7));
        _w.Sat8(R(2), unsigned: false, 0);
    }

    private void Set(Fp what, int value)
    {
        _w.Constant(R(4), value);
        _w.Vmov(what, R(4));
    }

    private void Point(Fp what, int offset)
    {
        if (_shape.Corrected)
        {
            _w.Vmov(R(4), Table);
            _w.Add(R(4), R(4), offset, R(5));
            _w.Vmov(what, R(4));
        }
    }

    private void Next(Fp what)
    {
        if (_shape.Corrected)
        {
            _w.Add(what, sizeof(int), R(4), R(5));
        }
    }

    private void AddWordAt(Reg to, Fp pointer)
    {
        _w.Vmov(R(5), pointer);
        _w.Ldr(R(5), R(5));
        _w.Add(to, to, R(5));
    }
}
