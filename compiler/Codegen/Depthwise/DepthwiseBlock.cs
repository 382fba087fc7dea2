// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.Depthwise.DepthwiseRegisters;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Depthwise;

/// <summary>The code of a block of outputs of one channel. In points at its first column in the plane, Out at its first byte.</summary>
internal abstract class DepthwiseBlock(ThumbWriter w, DepthwiseShape shape, DepthwiseOutput output)
{
    /// <summary>Most outputs of a block, which are columns of one row or of two.</summary>
    public const int Outputs = 4;

    protected ThumbWriter Writer => w;

    protected DepthwiseShape Shape => shape;

    /// <summary>Registers besides the spare ones that hold nothing when the sums are complete.</summary>
    protected abstract IReadOnlyList<Reg> Free { get; }

    /// <param name="phase">Which of the interleaved outputs of a row.</param>
    public static DepthwiseBlock Of(ThumbWriter w, DepthwiseShape shape, DepthwiseOutput output, Core core, int phase) =>
        shape.KeepsWeights ? new KeptWeightsBlock(w, shape, output, core, phase) : new StreamedWeightsBlock(w, shape, output);

    /// <param name="rows">Of outputs; at most <see cref="Outputs"/> in all.</param>
    /// <param name="inOffset">From In, in bytes.</param>
    /// <param name="outOffset">From Out.</param>
    public void Emit(int rows, int columns, int inOffset, int outOffset)
    {
        var outputs = Enumerable.Range(0, rows * columns).Select(index =>
            (Sum(index), outOffset + (index / columns * shape.OutRowBytes) + (index % columns * shape.Phases * shape.Channels))).ToArray();
        Multiply(rows, columns, inOffset);
        output.Store(outputs, Free);
    }

    /// <summary>Starts the sums and adds to them; that of output (row, column) is number row * columns + column.</summary>
    protected abstract void Multiply(int rows, int columns, int inOffset);

    protected void StartSum(int index) => w.Vmov(Sum(index), Start);
}
