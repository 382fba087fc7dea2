// SPDX-License-Identifier: MIT
using TinyInfer.Quantizer.Integer;

namespace TinyInfer.Quantizer.Float;

/// <summary>The largest or the mean value of each window; padding takes no part.</summary>
internal sealed record Pool2D(string Name, IReadOnlyList<string> Inputs, Window Window, PoolKind Kind) : Layer(Name, Inputs)
{
    public override Tensor Run(IReadOnlyList<Tensor> inputs)
    {
        var x = inputs[0];
        var (height, width, channels) = (x.Shape[1], x.Shape[2], x.Shape[3]);
        var (outHeight, outWidth) = (Window.OutputHeight(height), Window.OutputWidth(width));
        var output = new float[outHeight * outWidth * channels];

        for (var index = 0; index < output.Length; index++)
        {
            var top = (index / channels / outWidth * Window.StrideHeight) - Window.PadTop(height);
            var left = (index / channels % outWidth * Window.StrideWidth) - Window.PadLeft(width);
            var (sum, largest, count) = (0f, float.MinValue, 0);
            for (var y = Math.Max(top, 0); y < Math.Min(top + Window.KernelHeight, height); y++)
            {
                for (var column = Math.Max(left, 0); column < Math.Min(left + Window.KernelWidth, width); column++)
                {
                    var value = x.Values[(((y * width) + column) * channels) + (index % channels)];
                    (sum, largest, count) = (sum + value, Math.Max(largest, value), count + 1);
                }
            }

            output[index] = Kind == PoolKind.Max ? largest : sum / count;
        }

        return new Tensor([1, outHeight, outWidth, channels], output);
    }

    // TensorFlow Lite's int8 pools do not rescale: the output keeps the quantization of the input.
    public override IntegerLayer Quantize(IReadOnlyList<QuantizedValue> inputs, QuantizedValue calibrated) =>
        new Integer.Pool2D(inputs[0], inputs[0] with { Name = calibrated.Name, Shape = calibrated.Shape }, Window, Kind);
}

internal enum PoolKind
{
    Average,
    Max,
}
