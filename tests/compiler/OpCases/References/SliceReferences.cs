// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>Slices, permutations and reversals, each by where one element of the output comes from.</summary>
internal static class SliceReferences
{
    public static long[][] Slice(ReferenceCall call)
    {
        var (input, begin) = (Elements.Of(call.Input), call.Inputs[1]!.Values);
        return [Elements.Make(call.Output.Shape, index => input[[.. index.Select((position, d) => position + (int)begin[d])]])];
    }

    /// <summary>tf.strided_slice as NumPy indexing: each entry is a list of positions of one dimension; a vanishing one has one.</summary>
    public static long[][] StridedSlice(ReferenceCall call)
    {
        var input = Elements.Of(call.Input);
        var options = (StridedSliceOptions)call.Options;
        var entries = call.Inputs[1]!.Values.Length;
        var named = Enumerable.Range(0, entries).Count(i => !Bit(options.EllipsisMask, i) && !Bit(options.NewAxisMask, i));
        var positions = new List<int[]>();

        for (var i = 0; i < entries; i++)
        {
            if (Bit(options.EllipsisMask, i))
            {
                var until = positions.Count + input.Rank - named;
                while (positions.Count < until)
                {
                    positions.Add([.. Enumerable.Range(0, input.Shape[positions.Count])]);
                }
            }
            else if (!Bit(options.NewAxisMask, i))
            {
                positions.Add(Positions(call, options, i, input.Shape[positions.Count]));
            }
        }

        while (positions.Count < input.Rank)
        {
            positions.Add([.. Enumerable.Range(0, input.Shape[positions.Count])]);
        }

        int[] taken = [.. positions.Select(list => list.Length)];
        return [Elements.Make(taken, index => input[[.. index.Select((number, d) => positions[d][number])]])];
    }

    public static long[][] Transpose(ReferenceCall call)
    {
        var (input, permutation) = (Elements.Of(call.Input), call.Inputs[1]!.Values);
        return [Elements.Make(call.Output.Shape, index =>
        {
            var from = new int[input.Rank];
            for (var d = 0; d < input.Rank; d++)
            {
                from[Elements.Axis(permutation[d], input.Rank)] = index[d];
            }

            return input[from];
        })];
    }

    public static long[][] Reverse(ReferenceCall call)
    {
        var input = Elements.Of(call.Input);
        var axes = call.Inputs[1]!.Values.Select(axis => Elements.Axis(axis, input.Rank)).ToHashSet();
        return [Elements.Make(input.Shape, index => input[[.. index.Select((position, d) => axes.Contains(d) ? input.Shape[d] - 1 - position : position)]])];
    }

    private static bool Bit(int mask, int bit) => (mask >> bit & 1) == 1;

    /// <summary>The positions 0..size-1 that lie on begin, begin + stride, ... and before end.</summary>
    private static int[] Positions(ReferenceCall call, StridedSliceOptions options, int i, int size)
    {
        var (begin, end, stride) = (call.Inputs[1]!.Values[i], call.Inputs[2]!.Values[i], call.Inputs[3]!.Values[i]);
        begin += begin < 0 ? size : 0;
        if (Bit(options.ShrinkAxisMask, i))
        {
            return [(int)begin];
        }

        // Clamped to just outside, where a walk starts or ends without an element.
        begin = stride > 0 ? Math.Max(begin, 0) : Math.Min(begin, size - 1);
        begin = Bit(options.BeginMask, i) ? (stride > 0 ? 0 : size - 1) : begin;
        end = options.Offset ? begin + end : end < 0 ? end + size : end;

        var positions = new List<int>();
        for (var at = begin; at >= 0 && at < size && (Bit(options.EndMask, i) || (stride > 0 ? at < end : at > end)); at += stride)
        {
            positions.Add((int)at);
        }

        return [.. positions];
    }
}
