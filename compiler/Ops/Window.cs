// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// A sliding window along one axis: tap k of output position o reads input position o * Stride - pad + k * Dilation. The device's
/// side is <c>struct ti_window</c> in kernels/common/ti_window.h.
/// </summary>
/// <param name="Before">Positions of border in front of the input, besides those of <paramref name="Padding"/>.</param>
/// <param name="After">The same behind it.</param>
internal readonly record struct Window(int In, int Out, int Filter, int Stride, int Dilation, Padding Padding, int Before = 0, int After = 0)
{
    /// <summary>The reach of the taps: the first and the last one are this far apart, plus one.</summary>
    private long Reach => (((long)Filter - 1) * Dilation) + 1;

    /// <summary>Positions that are read in front of the input and behind it.</summary>
    public (int Before, int After) Pads
    {
        get
        {
            // TensorFlow's SAME: what the last window lacks; when that is odd, the larger part goes behind.
            var lacking = Padding == Padding.SAME ? (int)Math.Max(0, (((long)Out - 1) * Stride) + Reach - In - Before - After) : 0;
            return (Before + (lacking / 2), After + lacking - (lacking / 2));
        }
    }

    /// <summary>The same window looked through from the other side: as the kernels of transposed convolutions take it.</summary>
    public Window Transposed => new(Out, In, Filter, Stride, Dilation, Padding.VALID, Pads.Before);

    public static (Window Rows, Window Columns) Of(
        Value input, Value output, (int Height, int Width) filter, (int Height, int Width) stride, (int Height, int Width) dilation, Padding padding, Border border = default) =>
        (new Window(input.Shape[1], output.Shape[1], filter.Height, stride.Height, dilation.Height, padding, border.Top, border.Bottom),
         new Window(input.Shape[2], output.Shape[2], filter.Width, stride.Width, dilation.Width, padding, border.Left, border.Right));

    /// <summary>Refuses attributes no window has, and an output of another size than TensorFlow gives it.</summary>
    public void Check(Node node, string axis)
    {
        Require.That(Filter >= 1 && Stride >= 1 && Dilation >= 1, node, $"filter {Filter}, stride {Stride} and dilation {Dilation} along the {axis}", "at least 1");
        Require.That(
            (long)Out * Stride <= 1 << 28 && (long)Filter * Dilation <= 1 << 28 && (long)In + Before + After <= 1 << 28,
            node,
            $"{In} inputs, {Out} outputs, filter {Filter}, stride {Stride}, dilation {Dilation} along the {axis}",
            $"windows within {1 << 28} positions");

        var positions = (long)In + Before + After - (Padding == Padding.SAME ? 0 : Reach - 1);
        var expected = Math.Max(0, (positions + Stride - 1) / Stride);
        Require.That(Out == expected, node, $"the output has {Out} positions along the {axis}", $"{expected}, by input {In}, filter {Filter}, stride {Stride}, dilation {Dilation}, padding {Padding}");
    }

    /// <summary>What convolutions print of themselves: the padding, and all that is not as usual.</summary>
    public static string Text(Padding padding, (int Height, int Width) stride, (int Height, int Width) dilation, Border border, Activation activation)
    {
        var parts = new List<string> { padding.ToString() };
        parts.AddRange(stride != (1, 1) ? [$"stride={stride.Height}x{stride.Width}"] : []);
        parts.AddRange(dilation != (1, 1) ? [$"dilation={dilation.Height}x{dilation.Width}"] : []);
        parts.AddRange(border != default ? [$"border={border.Top}:{border.Bottom},{border.Left}:{border.Right}"] : []);
        parts.AddRange(activation != Activation.None ? [activation.ToString()] : []);
        return string.Join(',', parts).ToLowerInvariant();
    }

    /// <summary>The members of <c>struct ti_window NAME</c>.</summary>
    public IReadOnlyList<Field> Fields(string name) =>
    [
        ($"{name}.in", In), ($"{name}.out", Out), ($"{name}.filter", Filter), ($"{name}.stride", Stride), ($"{name}.dilation", Dilation), ($"{name}.pad", Pads.Before),
    ];
}

/// <summary>Rows and columns of zeros around an image, which are not stored: what FusePad makes of a PAD.</summary>
internal readonly record struct Border(int Top, int Bottom, int Left, int Right);
