// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Ops;

/// <summary>
/// For every index i: output[OutputOffset + i . output strides] = input[InputOffset + i . input strides], one
/// <see cref="Axis"/> for each dimension, outermost first. Made by <see cref="Of"/> in its shortest form.
/// </summary>
/// <param name="RunLength">Elements that are contiguous on both sides at each index.</param>
internal sealed record StridedCopy(int InputOffset, int OutputOffset, IReadOnlyList<StridedCopy.Axis> Axes, int RunLength) : Movement
{
    public override int Count => Axes.Aggregate(RunLength, (product, axis) => checked(product * axis.Count));

    public override (int Input, int Output)? Run => Axes.Count == 0 ? (InputOffset, OutputOffset) : null;

    public override int LoopDimensions => Axes.Count;

    public static StridedCopy Of(
        IReadOnlyList<int> shape, int inputOffset, IReadOnlyList<int> inputStrides, int outputOffset, IReadOnlyList<int> outputStrides)
    {
        var axes = new List<Axis>();
        for (var d = 0; d < shape.Count; d++)
        {
            Append(axes, new Axis(shape[d], inputStrides[d], outputStrides[d]));
        }

        var run = axes is [.., { InputStride: 1, OutputStride: 1 } last] ? last.Count : 1;
        return new StridedCopy(inputOffset, outputOffset, run > 1 ? axes[..^1] : axes, run);
    }

    public override void Apply(ReadOnlySpan<byte> input, Span<byte> output, int elementSize)
    {
        var index = new int[Axes.Count];
        do
        {
            var (from, to) = (InputOffset, OutputOffset);
            for (var d = 0; d < index.Length; d++)
            {
                from += index[d] * Axes[d].InputStride;
                to += index[d] * Axes[d].OutputStride;
            }

            input.Slice(from * elementSize, RunLength * elementSize).CopyTo(output[(to * elementSize)..]);
        }
        while (Next(index));
    }

    public override KernelCall Call(Operand input, Operand output, int elementSize) => new(
        "copy_nd",
        [
            ("dims", Leading(1, Axes.Select(axis => axis.Count))),
            ("in_stride", Leading(0, Axes.Select(axis => axis.InputStride * elementSize))),
            ("out_stride", Leading(0, Axes.Select(axis => axis.OutputStride * elementSize))),
            ("in_offset", InputOffset * elementSize),
            ("out_offset", OutputOffset * elementSize),
            ("run", RunLength * elementSize),
        ],
        [input],
        [output]);

    /// <summary>Leaves out a dimension of one, and joins one that goes on where its outer neighbour's step ends.</summary>
    private static void Append(List<Axis> axes, Axis axis)
    {
        if (axis.Count == 1)
        {
            return;
        }

        if (axes is [.., { } outer] && outer.InputStride == axis.Count * axis.InputStride && outer.OutputStride == axis.Count * axis.OutputStride)
        {
            axes[^1] = axis with { Count = outer.Count * axis.Count };
            return;
        }

        axes.Add(axis);
    }

    private bool Next(int[] index)
    {
        for (var d = index.Length - 1; d >= 0; d--)
        {
            if (++index[d] < Axes[d].Count)
            {
                return true;
            }

            index[d] = 0;
        }

        return false;
    }

    /// <param name="Count">Positions, at least 1.</param>
    /// <param name="InputStride">Elements from one to the next; 0 repeats, negative runs backwards.</param>
    /// <param name="OutputStride">Elements from one to the next.</param>
    internal readonly record struct Axis(int Count, int InputStride, int OutputStride);
}
