// SPDX-License-Identifier: MIT
using TinyInfer.Quantizer.Integer;

namespace TinyInfer.Quantizer.Float;

/// <summary>y = x * scale[c] + offset[c]. Exists only until <see cref="Folding"/> has run.</summary>
internal sealed record BatchNorm(string Name, IReadOnlyList<string> Inputs, float[] ChannelScale, float[] ChannelOffset) : Layer(Name, Inputs)
{
    public static BatchNorm From(string name, IReadOnlyList<string> inputs, float[] gamma, float[] beta, float[] mean, float[] variance, float epsilon)
    {
        var scale = gamma.Zip(variance, (g, v) => g / MathF.Sqrt(v + epsilon)).ToArray();
        return new BatchNorm(name, inputs, scale, [.. beta.Select((b, c) => b - (mean[c] * scale[c]))]);
    }

    public override Tensor Run(IReadOnlyList<Tensor> inputs) =>
        inputs[0] with { Values = [.. inputs[0].Values.Select((x, i) => (x * ChannelScale[i % ChannelScale.Length]) + ChannelOffset[i % ChannelScale.Length])] };

    public override IntegerLayer Quantize(IReadOnlyList<QuantizedValue> inputs, QuantizedValue calibrated) =>
        throw new QuantizerException($"layer '{Name}': batch_norm is supported only right after conv_2d or depthwise_conv_2d");
}
