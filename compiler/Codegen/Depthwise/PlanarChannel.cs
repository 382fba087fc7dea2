// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.Depthwise.DepthwiseRegisters;

namespace TinyInfer.Compiler.Codegen.Depthwise;

/// <summary>
/// All outputs of a channel from its plane of the input, two rows by two columns at a time. Nothing surrounds the plane: blocks that reach over an edge of it
/// are written out, and take the zero point for what is outside; loops go over the others.
/// </summary>
internal sealed class PlanarChannel(ThumbWriter w, DepthwiseShape shape, PlanarBlock block)
{
    private const int Size = 2;

    /// <summary>Blocks of a row that are written out: of more, the code would not fit the code lines of an M4's flash.</summary>
    private const int MostStraight = 3;
    private readonly DepthwiseAxis _rows = shape.Rows;
    private readonly DepthwiseAxis _columns = shape.Columns;

    public void Emit()
    {
        w.Vmov(In, Input);
        w.Vmov(Out, Output);
        w.Add(In, In, -_rows.Pad * _columns.In, Spare);

        var groups = (_rows.Out + Size - 1) / Size;
        var (first, end) = Run(groups, group => InRows(group).All(row => row >= 0 && row < _rows.In) && RowsOf(group) == Size);
        for (var group = 0; group < groups; group++)
        {
            if (group == first && end - first > 1)
            {
                w.Constant(Spare, end - first);
                w.Vmov(RowsLeft, Spare);
                var loop = w.Loop();
                Rows(group);
                w.Vmov(Spare, RowsLeft);
                w.Subs(Spare, 1);
                w.Vmov(RowsLeft, Spare);
                w.Branch("ne", loop);
                group = end - 1;
            }
            else
            {
                Rows(group);
            }
        }
    }

    private int RowsOf(int group) => Math.Min(Size, _rows.Out - (group * Size));

    // Rows of the input, from the first that the first output row meets to the last that the last one meets.
    private IEnumerable<int> InRows(int group) =>
        Enumerable.Range((group * Size * _rows.Stride) - _rows.Pad, ((RowsOf(group) - 1) * _rows.Stride) + _rows.Filter);

    // In is at the start of the first row of the group, and at that of the next group afterwards.
    private void Rows(int group)
    {
        var (row, rows, blocks) = (group * Size, RowsOf(group), (_columns.Out + Size - 1) / Size);
        var (first, end) = Run(blocks, index => ColumnsOf(index) == Size && block.IsInside(index * Size));
        var unrolled = (end - first) % 2 == 0 ? 2 : 1;
        var looped = blocks <= MostStraight ? 0 : end - first;
        var (inStep, outStep) = (Size * _columns.Stride, Size * shape.Channels);
        var moved = 0;
        for (var index = 0; index < blocks; index++)
        {
            if (index == first && looped > 0)
            {
                w.Add(Spare, In, looped * inStep, OtherSpare);
                w.Vmov(ColumnsEnd, Spare);
                var loop = w.Loop();
                for (var i = 0; i < unrolled; i++)
                {
                    Block(first + i, moved: 0);
                }

                w.Add(In, In, unrolled * inStep, Spare);
                w.Add(Out, Out, unrolled * outStep, Spare);
                w.Vmov(Spare, ColumnsEnd);
                w.Cmp(In, Spare);
                w.Branch("ne", loop);
                index += looped - 1;
                moved = looped;
            }
            else
            {
                Block(index, moved);
            }
        }

        w.Add(In, In, (rows * _rows.Stride * _columns.In) - (moved * inStep), Spare);
        w.Add(Out, Out, (rows * shape.OutRowBytes) - (moved * outStep), Spare);

        void Block(int index, int moved) =>
            block.Emit(row, rows, index * Size, ColumnsOf(index), moved * inStep, (index - moved) * outStep);
    }

    private int ColumnsOf(int index) => Math.Min(Size, _columns.Out - (index * Size));

    // The longest run of what has a property.
    private static (int First, int End) Run(int count, Func<int, bool> has)
    {
        var first = Enumerable.Range(0, count).FirstOrDefault(has, count);
        var end = Enumerable.Range(first, count - first).FirstOrDefault(index => !has(index), count);
        return (first, end);
    }
}
