// SPDX-License-Identifier: MIT
using System.Numerics;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>
/// RESIZE_BILINEAR of integers: a position of the output lies at position * scale of the input, in steps of 1/1024 with the scale
/// rounded to them, and the result is the weighted mean, halves away from zero.
/// </summary>
internal static class BilinearReference
{
    public static long[][] Compute(ReferenceCall call)
    {
        var (input, output) = (call.Input, call.Output.Shape);
        var options = (ResizeBilinearOptions)call.Options;

        return [Elements.Make(output, at =>
        {
            var (y, x) = (Position(at[1], input.Shape[1], output[1], options), Position(at[2], input.Shape[2], output[2], options));
            BigInteger sum = 0;
            foreach (var (row, rowWeight) in Neighbours(y, input.Shape[1]))
            {
                foreach (var (column, columnWeight) in Neighbours(x, input.Shape[2]))
                {
                    sum += rowWeight * columnWeight * input.At(at[0], row, column, at[3]);
                }
            }

            return (long)Fixed.HalfAway(sum, 1 << 20);
        })];
    }

    private static long Position(int at, int inSize, int outSize, ResizeBilinearOptions options)
    {
        var gaps = options.AlignCorners && outSize > 1 ? 1 : 0;
        var scale = (long)Fixed.HalfAway(1024L * (inSize - gaps), outSize - gaps);
        return options.HalfPixelCenters ? (at * scale) + (scale / 2) - 512 : at * scale;
    }

    /// <summary>The positions around it and their shares of 1024; outside there is only the outermost one.</summary>
    private static IEnumerable<(int Index, BigInteger Weight)> Neighbours(long position, int size)
    {
        var below = (int)Math.Floor(position / 1024.0);
        var share = position - (below * 1024L);
        yield return (Math.Clamp(below, 0, size - 1), 1024 - share);
        yield return (Math.Clamp(below + 1, 0, size - 1), share);
    }
}
