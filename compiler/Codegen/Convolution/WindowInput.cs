// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Convolution;

/// <summary>
/// A convolution of few channels as one of single pixels, which are its <see cref="Convolution.Windows"/>: the same sums, its weights in their order
/// with zeros where a window has no byte of the input.
/// </summary>
internal sealed class WindowInput
{
    private readonly PortableCall _image;

    private WindowInput(PortableCall image, Windows windows, sbyte[] weights)
    {
        (_image, Windows) = (image, windows);
        Call = Pointwise(image, windows, weights);
    }

    /// <summary>The convolution of single pixels.</summary>
    public PortableCall Call { get; }

    public Windows Windows { get; }

    /// <summary>Null where it would save nothing.</summary>
    public static WindowInput? Of(PortableCall call)
    {
        var (depth, filterRows, filterColumns) = (call["in_depth"], call["rows.filter"], call["columns.filter"]);
        if (call["filter_depth"] != depth || call["batch"] > 1 || depth * filterColumns % 4 == 0
            || (call["rows.dilation"] > 1 && filterRows > 1) || (call["columns.dilation"] > 1 && filterColumns > 1)
            || call.Constant<sbyte>(1) is not { } weights)
        {
            return null;
        }

        var outColumns = call["columns.out"];
        var (rowStride, pixelStep) = (call["rows.stride"], call["columns.stride"] * depth);
        var needed = ((outColumns - 1) * pixelStep) + (filterColumns * depth);
        var rowBytes = (needed + 3) / 4 * 4;
        var windows = new Windows(filterRows, filterColumns * depth, rowBytes, pixelStep, rowBytes * rowStride);
        if (((filterRows - 1) * rowBytes) + windows.RunBytes > ThumbWriter.LargestOffset)
        {
            return null;
        }

        return new WindowInput(call, windows, weights);
    }

    /// <summary>How the rows of a strip are copied with their padding.</summary>
    /// <param name="rows">Rows of outputs in a strip.</param>
    public Strip Padded(int rows)
    {
        var stride = _image["rows.stride"];
        return Strip.Of(_image, ((rows - 1) * stride) + _image["rows.filter"], rows * stride, _image["in_depth"], Windows.RowBytes);
    }

    private static PortableCall Pointwise(PortableCall call, Windows windows, sbyte[] weights)
    {
        var kernel = windows.Runs * windows.RunBytes;
        var channels = weights.Length / kernel;
        var packed = new sbyte[channels * windows.Bytes];
        foreach (var (at, source) in Enumerable.Range(0, windows.Bytes).Select(at => (at, windows.Source(at))))
        {
            for (var channel = 0; channel < channels && source is not null; channel++)
            {
                packed[(channel * windows.Bytes) + at] = weights[(channel * kernel) + (source.Value.Run * windows.RunBytes) + source.Value.Byte];
            }
        }

        string[] ones = ["rows.filter", "columns.filter", "rows.stride", "columns.stride", "rows.dilation", "columns.dilation"];
        return call.With(
            packed,
            [
                ("in_depth", windows.Bytes), ("filter_depth", windows.Bytes), ("rows.in", call["rows.out"]), ("columns.in", call["columns.out"]), ("rows.pad", 0), ("columns.pad", 0),
                .. ones.Select(field => new Field(field, 1)),
            ]);
    }
}
