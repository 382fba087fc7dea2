// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.Depthwise.DepthwiseRegisters;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Depthwise;

/// <summary>
/// Two rows by two columns of outputs from a plane of int8, with the weights of a row of taps as w02 = (w0, w2) and w1. Four pixels of a row
/// are one load and, extended, a = (x0, x2) and b = (x1, x3); a fifth is a byte of its own, before them or behind:
/// <code>
/// windows from even columns:  y0 += w02 * a + w1 * x1           y1 += w02 * (x2, x4) + w1 * x3
/// windows from odd columns:   y0 += w02 * (x-1, x1) + w1 * x0   y1 += w02 * b + w1 * x2
/// </code>
/// So no pixels need to change places. What is outside the plane is the zero point.
/// </summary>
internal sealed class PlanarBlock(ThumbWriter w, DepthwiseShape shape, DepthwiseOutput output, Core core)
{
    private const int Taps = 3;
    private static readonly Reg A = R(5);
    private static readonly Reg B = Spare;
    private static readonly Reg C = OtherSpare;
    private readonly IReadOnlyList<WeightPair> _weights = Weights(shape.Rows.Filter);

    /// <summary>The words of weights: the outer taps of each row, then the inner ones.</summary>
    public static IReadOnlyList<WeightPair> Weights(int rows) =>
    [
        .. Enumerable.Range(0, rows).Select(row => new WeightPair(row * Taps, (row * Taps) + 2)),
        .. Enumerable.Range(0, rows).Select(row => (row * Taps) + 1).Chunk(2).Select(two => new WeightPair(two[0], two.Length > 1 ? two[1] : null)),
    ];

    private DepthwiseAxis Columns => shape.Columns;

    /// <summary>Whether two outputs from this column on reach over no edge of the plane.</summary>
    public bool IsInside(int column) => Start(column) >= 0 && Start(column) + Columns.Stride + Taps <= Columns.In;

    /// <param name="row">The first row of outputs.</param>
    /// <param name="rows">One or two.</param>
    /// <param name="column">The first column of outputs.</param>
    /// <param name="columns">One or two.</param>
    /// <param name="moved">In is so many columns behind the start of the first row that the block meets, which need not be a row of the plane.</param>
    /// <param name="outOffset">From Out.</param>
    public void Emit(int row, int rows, int column, int columns, int moved, int outOffset)
    {
        if (columns == 2 && FormOf(column) == Form.Apart)
        {
            Emit(row, rows, column, 1, moved, outOffset);
            Emit(row, rows, column + 1, 1, moved, outOffset + shape.Channels);
            return;
        }

        var steps = new Steps(core);
        var top = (row * shape.Rows.Stride) - shape.Rows.Pad;
        for (var at = 0; at < ((rows - 1) * shape.Rows.Stride) + shape.Rows.Filter; at++)
        {
            Met[] met = [.. Enumerable.Range(0, rows).Select(outRow => (Row: outRow, Tap: at - (outRow * shape.Rows.Stride))).Where(pair => pair.Tap >= 0 && pair.Tap < shape.Rows.Filter)
                .Select(pair => new Met(pair.Row * columns, pair.Tap))];
            if (met.Length > 0)
            {
                OneRow(steps, met, columns, columns == 1 ? Form.Apart : FormOf(column), Start(column), top + at >= 0 && top + at < shape.Rows.In, (at * Columns.In) - moved);
            }
        }

        steps.Emit(w, [.. Enumerable.Range(0, rows * columns).Select(Sum)], sum => w.Vmov(sum, DepthwiseRegisters.Start));
        output.Store([.. Enumerable.Range(0, rows * columns).Select(index => (Sum(index), outOffset + (index / columns * shape.OutRowBytes) + (index % columns * shape.Channels)))], [A]);
    }

    private int Start(int column) => (column * Columns.Stride) - Columns.Pad;

    // Which four pixels are loaded together; Apart: none.
    private Form FormOf(int column)
    {
        var start = Start(column);
        bool Has(int first) => first >= 0 && first + 4 <= Columns.In;
        return Columns.Pad == 0 ? Has(start) ? Form.First : Form.Apart : Has(start + 1) ? Form.Last : Form.Apart;
    }

    // At: from In to the first column of the row.
    private void OneRow(Steps steps, Met[] met, int columns, Form form, int start, bool isInside, int at)
    {
        if (!isInside)
        {
            steps.Add(() => w.Vmov(A, Border), A);
            for (var column = 0; column < columns; column++)
            {
                Outer(column, A);
                Inner(column, A, isHigh: false);
            }
        }
        else if (columns == 1)
        {
            Pixel(C, start);
            Pixel(A, start + 2);
            Pixel(B, start + 1);
            steps.Add(() => w.Halves(A, C, A), A, A, C);
            Inner(0, B, isHigh: false);
            Outer(0, A);
        }
        else if (form == Form.First)
        {
            Four(start);
            Pixel(C, start + 4);
            Extend(B, 8);
            Extend(A, 0);
            Outer(0, A);
            steps.Add(() => w.LowAndHigh(C, C, A), C, C, A);
            Inner(0, B, isHigh: false);
            Inner(1, B, isHigh: true);
            Outer(1, C, exchanged: true);
        }
        else
        {
            Four(start + 1);
            Pixel(C, start);
            Extend(B, 8);
            Extend(A, 0);
            Inner(0, A, isHigh: false);
            Inner(1, A, isHigh: true);
            steps.Add(() => w.Halves(C, C, B), C, C, B);
            Outer(1, B);
            Outer(0, C);
        }

        void Four(int column) => steps.Load(() => w.Ldr(A, In, at + column), A);

        void Pixel(Reg to, int column)
        {
            if (column >= 0 && column < Columns.In)
            {
                steps.Load(() => w.Ldrsb(to, In, at + column), to);
            }
            else
            {
                steps.Load(() => w.Vmov(to, Border), to);
            }
        }

        void Extend(Reg to, int rotate) => steps.Add(() => w.Sxtb16(to, A, rotate), to, A);

        void Outer(int column, Reg pixels, bool exchanged = false)
        {
            foreach (var (first, tap) in met)
            {
                var (sum, weights) = (Sum(first + column), R(tap));
                steps.Multiply(exchanged ? () => w.Smladx(sum, pixels, weights) : () => w.Smlad(sum, pixels, weights), sum, pixels);
            }
        }

        void Inner(int column, Reg pixels, bool isHigh)
        {
            foreach (var (first, tap) in met)
            {
                var (sum, weights) = (Sum(first + column), R(shape.Rows.Filter + (tap / 2)));
                steps.Multiply(() => w.SmlaHalves(sum, pixels, isHigh, weights, tap % 2 == 1), sum, pixels);
            }
        }
    }

    private enum Form
    {
        /// <summary>From the first pixel on that the block meets.</summary>
        First,

        /// <summary>From the second on.</summary>
        Last,

        /// <summary>None together: pixels one by one, for each output.</summary>
        Apart,
    }

    /// <summary>A row of outputs that meets a row of the input: its first sum, and its row of taps.</summary>
    private readonly record struct Met(int Sum, int Tap);
}
