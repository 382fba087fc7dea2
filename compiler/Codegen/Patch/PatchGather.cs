// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Patch;

/// <summary>
/// Brings the patch of one output pixel together, then expands it: copies of rows, of pixels where columns lie outside the image, and zero
/// points for what lies outside.
/// </summary>
/// <param name="place">Where the image begins.</param>
/// <param name="row">Row of the patch's first tap, which may lie outside.</param>
/// <param name="column">Its column.</param>
internal sealed class PatchGather(ThumbWriter w, PatchShape shape, Fp place, Fp row, Fp column)
{
    private const int StraightBytes = 64;
    private static readonly Reg Scratch = R(0);
    private static readonly Reg To = R(1);
    private static readonly Reg Row = R(2);
    private static readonly Reg Column = R(3);
    private static readonly Reg RowAt = R(5);
    private static readonly Reg Image = R(7);
    private static readonly Reg RowsLeft = R(9);
    private static readonly Reg ColumnsLeft = R(10);
    private static readonly Reg X = R(11);
    private static readonly Reg From = R(12);
    private static readonly Reg[] Words = [R(0), R(4), R(6), R(8)];
    private static readonly Reg Counter = R(14);

    private int PixelBytes => shape.InDepth * shape.Element;

    private int RunBytes => shape.Columns.Filter * PixelBytes;

    /// <summary>Copies the patch to <paramref name="to"/>.</summary>
    public void Collect(Fp to)
    {
        w.Vmov(To, to);
        w.Vmov(Row, row);
        w.Vmov(Column, column);
        w.Vmov(Image, place);
        w.Repeat(RowsLeft, shape.Rows.Filter, () =>
        {
            var (outside, next) = (w.NewLabel(), w.NewLabel());
            if (!shape.Rows.IsInside)
            {
                w.Constant(Scratch, shape.Rows.In);
                w.Cmp(Row, Scratch);
                w.Branch("hs", outside);
            }

            w.Constant(Scratch, shape.Columns.In * PixelBytes);
            w.Mla(RowAt, Row, Scratch, Image);
            RowOfTaps(next);
            if (!shape.Rows.IsInside)
            {
                w.Branch(next);
                w.Label(outside);
                Fill(RunBytes);
            }

            w.Label(next);
            w.AddSmall(Row, shape.Rows.Dilation);
        });
    }

    /// <summary>From words at <paramref name="from"/> to pairs at <paramref name="to"/>.</summary>
    public void Expand(Fp from, Fp to)
    {
        w.Vmov(From, from);
        w.Vmov(To, to);
        w.Repeat(Counter, shape.Groups, () =>
        {
            if (shape.Element == 1)
            {
                w.LdrThenAdd(R(4), From, 4);
                w.Sxtb16(R(5), R(4));
                w.Sxtb16(R(6), R(4), 8);
            }
            else
            {
                w.Ldr(R(4), From);
                w.Ldr(R(7), From, 4);
                w.AddSmall(From, 8);
                w.Halves(R(5), R(4), R(7));
                w.TopHalves(R(6), R(7), R(4));
            }

            w.StmThenAdd(To, R(5), R(6));
        });
    }

    private void RowOfTaps(string next)
    {
        var contiguous = shape.Columns.Dilation == 1 || shape.Columns.Filter == 1;
        if (contiguous)
        {
            var single = w.NewLabel();
            if (!shape.Columns.IsInside)
            {
                // Unsigned: columns below 0 are large.
                w.Constant(Scratch, Math.Max(0, shape.Columns.In - shape.Columns.Filter + 1));
                w.Cmp(Column, Scratch);
                w.Branch("hs", single);
            }

            w.Constant(Scratch, PixelBytes);
            w.Mla(From, Column, Scratch, RowAt);
            Copy(RunBytes);
            if (shape.Columns.IsInside)
            {
                return;
            }

            w.Branch(next);
            w.Label(single);
        }

        w.Mov(X, Column);
        w.Repeat(ColumnsLeft, shape.Columns.Filter, Tap);
    }

    private void Tap()
    {
        var (outside, next) = (w.NewLabel(), w.NewLabel());
        w.Constant(Scratch, shape.Columns.In);
        w.Cmp(X, Scratch);
        w.Branch("hs", outside);
        w.Constant(Scratch, PixelBytes);
        w.Mla(From, X, Scratch, RowAt);
        Copy(PixelBytes);
        w.Branch(next);
        w.Label(outside);
        Fill(PixelBytes);
        w.Label(next);
        w.AddSmall(X, shape.Columns.Dilation);
    }

    private void Copy(int bytes)
    {
        void Block(int count)
        {
            var words = count / 4;
            for (var i = 0; i < words; i++)
            {
                w.Ldr(Words[i], From, 4 * i);
            }

            for (var i = 0; i < words; i++)
            {
                w.Str(Words[i], To, 4 * i);
            }

            if (count % 4 >= 2)
            {
                w.Ldrh(Words[0], From, 4 * words);
                w.Strh(Words[0], To, 4 * words);
            }

            if (count % 2 == 1)
            {
                w.Ldrb(Words[0], From, count - 1);
                w.Strb(Words[0], To, count - 1);
            }

            w.AddSmall(From, count);
            w.AddSmall(To, count);
        }

        Blocks(bytes, Block);
    }

    private void Fill(int bytes)
    {
        void Block(int count)
        {
            var words = count / 4;
            for (var i = 0; i < words; i++)
            {
                w.Str(Scratch, To, 4 * i);
            }

            if (count % 4 >= 2)
            {
                w.Strh(Scratch, To, 4 * words);
            }

            if (count % 2 == 1)
            {
                w.Strb(Scratch, To, count - 1);
            }

            w.AddSmall(To, count);
        }

        w.Constant(Scratch, shape.Fill);
        Blocks(bytes, Block);
    }

    private static int BlockBytes => 4 * Words.Length;

    private void Blocks(int bytes, Action<int> block)
    {
        var whole = bytes / BlockBytes;
        if (bytes > StraightBytes)
        {
            w.Repeat(Counter, whole, () => block(BlockBytes));
        }
        else
        {
            for (var i = 0; i < whole; i++)
            {
                block(BlockBytes);
            }
        }

        if (bytes % BlockBytes > 0)
        {
            block(bytes % BlockBytes);
        }
    }
}
