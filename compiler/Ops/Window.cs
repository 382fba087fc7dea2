// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// A sliding window along one axis: tap k of output position o reads input position o * Stride - pad + k * Dilation. The device's
/// side is <c>struct ti_window</c> in kernels/common/ti_window.h.
/// </summary>
internal readonly record struct Window(int In, int Out, int Filter, int Stride, int Dilation, Padding Padding)
{
    /// <summary>The reach of the taps: the first and the last one are this far apart, plus one.</summary>
    private long Reach => (((long)Filter - 1) * Dilation) + 1;

    /// <summary>Positions in front of the input. When the sum of both sides is odd, the larger part goes behind.</summary>
    private int Pad => (int)(Math.Max(0, (((long)Out - 1) * Stride) + Reach - In) / 2);

    public static (Window Rows, Window Columns) Of(
        Value input, Value output, (int Height, int Width) filter, (int Height, int Width) stride, (int Height, int Width) dilation, Padding padding) =>
        (new Window(input.Shape[1], output.Shape[1], filter.Height, stride.Height, dilation.Height, padding),
         new Window(input.Shape[2], output.Shape[2], filter.Width, stride.Width, dilation.Width, padding));

    /// <summary>Refuses attributes no window has, and an output of another size than TensorFlow gives it.</summary>
    public void Check(Node node, string axis)
    {
        Require.That(Filter >= 1 && Stride >= 1 && Dilation >= 1, node, $"filter {Filter}, stride {Stride} and dilation {Dilation} along the {axis}", "at least 1");
        Require.That(
            (long)Out * Stride <= 1 << 28 && (long)Filter * Dilation <= 1 << 28 && In <= 1 << 28,
            node,
            $"{In} inputs, {Out} outputs, filter {Filter}, stride {Stride}, dilation {Dilation} along the {axis}",
            $"windows within {1 << 28} positions");

        var positions = Padding == Padding.SAME ? In : In - Reach + 1;
        var expected = Math.Max(0, (positions + Stride - 1) / Stride);
        Require.That(Out == expected, node, $"the output has {Out} positions along the {axis}", $"{expected}, by input {In}, filter {Filter}, stride {Stride}, dilation {Dilation}, padding {Padding}");
    }

    /// <summary>The members of <c>struct ti_window NAME</c>.</summary>
    public IReadOnlyList<Field> Fields(string name) =>
    [
        ($"{name}.in", In), ($"{name}.out", Out), ($"{name}.filter", Filter), ($"{name}.stride", Stride), ($"{name}.dilation", Dilation), ($"{name}.pad", Pad),
    ];
}
