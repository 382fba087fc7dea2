// SPDX-License-Identifier: MIT
namespace TinyInfer.Quantizer.Integer;

/// <summary>DEPTHWISE_CONV_2D with int8 weights [1, height, width, output channels] and a scale for each output channel.</summary>
internal sealed record DepthwiseConv2D(QuantizedValue Input, QuantizedValue Result, Window Window, QuantizedWeights Constants, Activation Activation)
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
                    if (y >= 0 && y < height && column >= 0 && column < width)
                    {
                        var value = x[(((y * width) + column) * channels) + (f / (filters / channels))];
                        sum += (value - Input.ZeroPoint) * Constants.Weights[(((ky * Window.KernelWidth) + kx) * filters) + f];
                    }
                }
            }

            // Half away from zero in every build of TensorFlow Lite, whatever CONV_2D does.
            var scaled = FixedPoint.Multiply(sum, scales[f].Multiplier, scales[f].Shift);
            output[index] = (sbyte)Math.Clamp(scaled + Result.ZeroPoint, min, max);
        }

        return output;
    }

    public override void Write(ModelBuilder model) =>
        model.DepthwiseConv2D(Input, model.Weights(Result.Name, Constants, Input), Result, Window, Activation);
}
