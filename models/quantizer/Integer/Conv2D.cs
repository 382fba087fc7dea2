// SPDX-License-Identifier: MIT
namespace TinyInfer.Quantizer.Integer;

/// <summary>CONV_2D with int8 weights [output channels, height, width, input channels] and a scale for each output channel.</summary>
internal sealed record Conv2D(QuantizedValue Input, QuantizedValue Result, Window Window, QuantizedWeights Constants, Activation Activation)
    : IntegerLayer([Input], Result)
{
    public override sbyte[] Run(IReadOnlyList<sbyte[]> inputs, Rules rules)
    {
        var x = inputs[0];
        var (height, width, channels) = (Input.Shape[1], Input.Shape[2], Input.Shape[3]);
        var (outWidth, filters) = (Result.Shape[2], Result.Shape[3]);
        var (top, left) = (Window.PadTop(height), Window.PadLeft(width));
        var output = new sbyte[Result.Shape[1] * outWidth * filters];
        var scales = ChannelScales.Of(Input, Constants, Result);
        var (min, max) = Bounds(Activation);

        for (var index = 0; index < output.Length; index++)
        {
            var (oy, ox, f) = (index / filters / outWidth, index / filters % outWidth, index % filters);
            var sum = Constants.Bias[f];
            for (var ky = 0; ky < Window.KernelHeight; ky++)
            {
                var y = (oy * Window.StrideHeight) + ky - top;
                for (var kx = 0; kx < Window.KernelWidth; kx++)
                {
                    var column = (ox * Window.StrideWidth) + kx - left;
                    if (y < 0 || y >= height || column < 0 || column >= width)
                    {
                        continue;
                    }

                    var at = ((y * width) + column) * channels;
                    var tap = ((((f * Window.KernelHeight) + ky) * Window.KernelWidth) + kx) * channels;
                    for (var c = 0; c < channels; c++)
                    {
                        sum += (x[at + c] - Input.ZeroPoint) * Constants.Weights[tap + c];
                    }
                }
            }

            var scaled = FixedPoint.Multiply(sum, scales[f].Multiplier, scales[f].Shift, rules);
            output[index] = (sbyte)Math.Clamp(scaled + Result.ZeroPoint, min, max);
        }

        return output;
    }

    public override void Write(ModelBuilder model) =>
        model.Conv2D(Input, model.Weights(Result.Name, Constants, Input), Result, Window, Activation);
}

/// <summary>input scale * weight scale / output scale of each channel, in double precision as TensorFlow Lite does it.</summary>
internal static class ChannelScales
{
    public static (int Multiplier, int Shift)[] Of(QuantizedValue input, QuantizedWeights constants, QuantizedValue output) =>
        [.. constants.Scales.Select(scale => FixedPoint.Decompose((double)input.Scale * scale / output.Scale))];
}
