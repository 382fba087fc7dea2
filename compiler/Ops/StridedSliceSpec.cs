// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// The operands of STRIDED_SLICE. Entry i speaks of the next dimension of the input, unless its bit says otherwise: an ellipsis
/// takes as many whole dimensions as the other entries leave, a new axis takes none. Dimensions without an entry are whole.
/// </summary>
internal sealed record StridedSliceSpec(int[] Begin, int[] End, int[] Strides, StridedSliceOptions Options)
{
    /// <summary>What is taken of each input dimension, and the shape of the result.</summary>
    public (IReadOnlyList<StridedSlice.Range> Ranges, Shape Shape) Resolve(Shape input, Origin origin)
    {
        var ranges = new List<StridedSlice.Range>();
        var shape = new List<int>();
        CheckLengths(input, origin);

        for (var i = 0; i < Begin.Length; i++)
        {
            if (Has(Options.EllipsisMask, i))
            {
                var later = Enumerable.Range(i + 1, Begin.Length - i - 1).Count(entry => !Has(Options.NewAxisMask, entry));
                Whole(input.Rank - later);
            }
            else if (Has(Options.NewAxisMask, i))
            {
                shape.Add(1);
            }
            else
            {
                Take(i);
            }
        }

        Whole(input.Rank);
        return (ranges, new Shape([.. shape]));

        void Whole(int until)
        {
            while (ranges.Count < until)
            {
                var size = input[ranges.Count];
                ranges.Add(new StridedSlice.Range(0, 1, size));
                shape.Add(size);
            }
        }

        void Take(int i)
        {
            var range = RangeOf(i, input[ranges.Count], origin);
            ranges.Add(range);
            if (!Has(Options.ShrinkAxisMask, i))
            {
                shape.Add(range.Count);
            }
        }
    }

    private static bool Has(int mask, int bit) => (mask & (1 << bit)) != 0;

    /// <summary>As TFLite's StridedSliceStartForAxis and EndForAxis: negative positions count from the end, then all are clamped.</summary>
    private StridedSlice.Range RangeOf(int i, int size, Origin origin)
    {
        var stride = Strides[i];
        var (lowest, highest) = stride > 0 ? (0, size) : (-1, size - 1);
        long Position(long position) => Math.Clamp(position < 0 ? position + size : position, lowest, highest);

        var start = Has(Options.BeginMask, i) ? (stride > 0 ? lowest : highest) : Position(Begin[i]);
        if (Has(Options.ShrinkAxisMask, i))
        {
            return start >= 0 && start < size && stride > 0
                ? new StridedSlice.Range((int)start, 1, 1)
                : throw origin.Refuse($"position {Begin[i]} with stride {stride} of a dimension of {size} that vanishes", "a position inside, a stride above 0");
        }

        var end = Has(Options.EndMask, i) ? (stride > 0 ? highest : lowest) : Position(End[i] + (Options.Offset ? start : 0));
        var count = (end - start + stride - Math.Sign(stride)) / stride;
        return new StridedSlice.Range((int)start, stride, (int)Math.Max(0, count));
    }

    private void CheckLengths(Shape input, Origin origin)
    {
        var entries = Enumerable.Range(0, Begin.Length).Count(i => Has(Options.EllipsisMask, i) || !Has(Options.NewAxisMask, i));
        var ellipses = Enumerable.Range(0, Begin.Length).Count(i => Has(Options.EllipsisMask, i));

        if (Begin.Length != End.Length || Begin.Length != Strides.Length || Begin.Length > 8 || entries - ellipses > input.Rank || ellipses > 1 || Strides.Contains(0))
        {
            throw origin.Refuse(
                $"begin {new Shape(Begin)}, end {new Shape(End)} and strides {new Shape(Strides)} for a tensor with {input.Rank} dimensions",
                "lists of equal length, at most one entry a dimension and one ellipsis, strides other than 0");
        }
    }
}
