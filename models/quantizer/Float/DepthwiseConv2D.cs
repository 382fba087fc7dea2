// SPDX-License-Identifier: MIT
using TinyInfer.Quantizer.Integer;

namespace TinyInfer.Quantizer.Float;

/// <summary>Weights are [1, height, width, output channels]; output channel f reads input channel f / multiplier.</summary>
internal sealed record DepthwiseConv2D(string Name, IReadOnlyList<string> Inputs, Window Window, Tensor Weights, float[] Bias, Activation Activation)
    : Layer(Name, Inputs)
{
    public override Tensor Run(IReadOnlyList<Tensor> inputs)
    {
        var x = inputs[0];
        var (height, width, channels, filters) = (x.Shape[1], x.Shape[2], x.Shape[3], Weights.Shape[3]);
        var (outHeight, outWidth, multiplier) = (Window.OutputHeight(height), Window.OutputWidth(width), filters / channels);
        var (top, left) = (Window.PadTop(height), Window.PadLeft(width));
        var output = new float[outHeight * outWidth * filters];
        var index = 0;

        for (var oy = 0; oy < outHeight; oy++)
        {
            for (var ox = 0; ox < outWidth; ox++)
            {
                for (var f = 0; f < filters; f++)
                {
                    var sum = Bias[f];
                    for (var ky = 0; ky < Window.KernelHeight; ky++)
                    {
                        var y = (oy * Window.StrideHeight) + ky - top;
                        for (var kx = 0; kx < Window.KernelWidth; kx++)
                        {
                            var column = (ox * Window.StrideWidth) + kx - left;
                            if (y >= 0 && y < height && column >= 0 && column < width)
                            {
                                var weight = Weights.Values[(((ky * Window.KernelWidth) + kx) * filters) + f];
                                sum += x.Values[(((y * width) + column) * channels) + (f / multiplier)] * weight;
                            }
                        }
                    }

                    output[index++] = Activation == Activation.Relu ? Math.Max(sum, 0) : sum;
                }
            }
        }

        return new Tensor([1, outHeight, outWidth, filters], output);
    }

    public override IntegerLayer Quantize(IReadOnlyList<QuantizedValue> inputs, QuantizedValue calibrated) =>
        new Integer.DepthwiseConv2D(inputs[0], calibrated, Window, QuantizedWeights.PerChannel(Weights, Bias, axis: 3, inputs[0]), Activation);

    public override Layer? WithRelu() => Activation == Activation.None ? this with { Activation = Activation.Relu } : null;

    public override Layer? WithChannelAffine(float[] scale, float[] offset) => Activation != Activation.None ? null : this with
    {
        Weights = Weights with { Values = [.. Weights.Values.Select((w, i) => w * scale[i % scale.Length])] },
        Bias = [.. Bias.Select((b, f) => (b * scale[f]) + offset[f])],
    };
}
