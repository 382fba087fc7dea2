// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.Depthwise.DepthwiseRegisters;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Depthwise;

/// <summary>The code of a block of outputs of one channel. In points at its first column in the plane, Out at its first byte.</summary>
internal abstract class DepthwiseBlock(ThumbWriter w, DepthwiseShape shape, DepthwiseOutput output)
{
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
        var outputs = Enumerable.Range(0, rows * columns).Select(index =>
            (Sum(index), outOffset + (index / columns * shape.OutRowBytes) + (index % columns * shape.Channels))).ToArray();
        Multiply(rows, columns, inOffset);
        output.Store(outputs);
    }

    /// <summary>Starts the sums and adds to them; that of output (row, column) is number row * columns + column.</summary>
    protected abstract void Multiply(int rows, int columns, int inOffset);

    protected void StartSum(int index) => w.Vmov(Sum(index), Start);
}
