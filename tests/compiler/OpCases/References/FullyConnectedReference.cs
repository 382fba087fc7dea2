// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>
/// output[b, o] = bias[o] + sum over i of (input[b, i] - zero_input) * (weights[o, i] - zero_weights), scaled by
/// scale_input * scale_weights / scale_output. With one weight scale the product is a float, with one for each o it is a double.
/// </summary>
internal static class FullyConnectedReference
{
    public static long[][] Compute(ReferenceCall call)
    {
        var options = (FullyConnectedOptions)call.Options;
        var (input, weights, bias) = (call.Input, call.Inputs[1]!, call.Optional(2));
        var perChannel = weights.Tensor.Quantization!.Scale.Length > 1;
        var (outSize, inSize) = (weights.Shape[^2], weights.Shape[^1]);
        var result = new long[input.Values.Length / inSize * outSize];

        for (var at = 0; at < result.Length; at++)
        {
            var (b, o) = (at / outSize, at % outSize);
            var sum = bias?.Values[o] ?? 0;
            for (var i = 0; i < inSize; i++)
            {
                var weight = weights.Values[(o * inSize) + i] - (perChannel ? 0 : weights.Tensor.ZeroPoint);
                sum += (input.Values[(b * inSize) + i] - input.Tensor.ZeroPoint) * weight;
            }

            var scale = perChannel
                ? (double)input.Tensor.Scale * weights.Tensor.ScaleOf(o) / call.Output.Scale
                : (double)(input.Tensor.Scale * weights.Tensor.Scale) / call.Output.Scale;
            result[at] = call.Activate(Fixed.ScaledSum(sum, scale, input.Tensor.Type, bias?.Tensor.Type ?? options.QuantizedBiasType), options.Activation);
        }

        return [result];
    }
}
