// SPDX-License-Identifier: MIT
using System.Numerics;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>
/// RESIZE_BILINEAR of integers: a position of the output lies at position * scale of the input, in steps of 1/1024 with the scale
/// rounded to them, and the result is the weighted mean, halves away from zero. Of uint8 it is the mean in float, halves upwards (reference/resize_bilinear.h:
/// only int8 and int16 have the integer form).
/// </summary>
internal static class BilinearReference
{
    /// <summary>In float, with weights that are not rounded.</summary>
    public static IEnumerable<float> InFloat(ReferenceCall call)
    {
        var floats = call.Input.Floats;
        return Blend(call, at => floats[at]).Select(mean => mean + 0f); // no -0
    }

    private static IEnumerable<float> Blend(ReferenceCall call, Func<int, float> input)
    {
        var (shape, output) = (call.Input.Shape, call.Output.Shape);
        var options = (ResizeBilinearOptions)call.Options;

        (int First, int Second, float Weight) At(int at, int from, int to)
        {
            var scale = options.AlignCorners && to > 1 ? (float)(from - 1) / (to - 1) : (float)from / to;
            var position = options.HalfPixelCenters ? ((at + 0.5f) * scale) - 0.5f : at * scale;
            var first = Math.Max((int)MathF.Floor(position), 0);
            return (first, Math.Min((int)MathF.Ceiling(position), from - 1), position - first);
        }

        return Elements.Indices(output).Select(at =>
        {
            var (y0, y1, wy) = At(at[1], shape[1], output[1]);
            var (x0, x1, wx) = At(at[2], shape[2], output[2]);
            float Input(int y, int x) => input((((((at[0] * shape[1]) + y) * shape[2]) + x) * shape[3]) + at[3]);
            return (Input(y0, x0) * (1 - wy) * (1 - wx)) + (Input(y1, x0) * wy * (1 - wx)) + (Input(y0, x1) * (1 - wy) * wx) + (Input(y1, x1) * wy * wx);
        });
    }

    public static long[][] Compute(ReferenceCall call)
    {
        var (input, output) = (call.Input, call.Output.Shape);
        var options = (ResizeBilinearOptions)call.Options;
        if (input.Tensor.Type == TensorType.UINT8)
        {
            return [[.. Blend(call, at => input.Bytes[at]).Select(mean => (long)(mean + 0.5f))]];
        }

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
