// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.Depthwise.DepthwiseRegisters;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Depthwise;

/// <summary>The code of a block of outputs of one channel. In points at its first column in the plane, Out at its first byte.</summary>
internal abstract class DepthwiseBlock(ThumbWriter w, DepthwiseShape shape, DepthwiseOutput output)
{
    private const int LargestOffset = 4095;

    protected ThumbWriter Writer => w;

    protected DepthwiseShape Shape => shape;

    /// <summary>Rows of outputs.</summary>
    public abstract int Rows { get; }

    /// <summary>Outputs of a row; an even number of columns apart from the next block.</summary>
    public abstract int Columns { get; }

    public static DepthwiseBlock Of(ThumbWriter w, DepthwiseShape shape, DepthwiseOutput output, Core core) =>
        shape.KeepsWeights ? new KeptWeightsBlock(w, shape, output, core) : new StreamedWeightsBlock(w, shape, output);

    /// <param name="rows">Outputs: at most Rows times Columns.</param>
    /// <param name="inOffset">From In, in bytes.</param>
    /// <param name="outOffset">From Out.</param>
    public void Emit(int rows, int columns, int inOffset, int outOffset)
    {
        for (var sum = 0; sum < rows * columns; sum++)
        {
            w.Vmov(Sum(sum), Start);
        }

        Multiply(rows, columns, inOffset);
        output.Bytes([.. Enumerable.Range(0, rows * columns).Select(Sum)]);
        Store(rows, columns, outOffset);
    }

    /// <summary>The sum of output (row, column) is number row * columns + column.</summary>
    protected abstract void Multiply(int rows, int columns, int inOffset);

    private void Store(int rows, int columns, int outOffset)
    {
        for (var row = 0; row < rows; row++)
        {
            var (at, first) = (Out, outOffset + (row * shape.OutRowBytes));
            for (var column = 0; column < columns; column++)
            {
                var offset = first + (column * shape.Channels);
                if (offset > LargestOffset)
                {
                    w.Add(Spare, at, offset, OtherSpare);
                    (at, first) = (Spare, first - offset);
                    offset = 0;
                }

                w.Strb(Sum((row * columns) + column), at, offset);
            }
        }
    }
}
