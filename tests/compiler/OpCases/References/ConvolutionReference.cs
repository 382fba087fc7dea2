// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>
/// CONV_2D, DEPTHWISE_CONV_2D and TRANSPOSE_CONV: bias + sum over the taps inside the input of (input - zero point) * weights, scaled by
/// scale_input * scale_weights / scale_output in double; of uint8, whose weights have a zero point too, the product is a float.
/// </summary>
internal static class ConvolutionReference
{
    public static long[][] Conv2D(ReferenceCall call)
    {
        var options = (Conv2DOptions)call.Options;
        var (input, weights) = (call.Input, call.Inputs[1]!);
        var (filterDepth, outDepth) = (weights.Shape[3], weights.Shape[0]);
        var groupSize = outDepth / (input.Shape[3] / filterDepth);
        var window = new ReferenceWindow(options.Padding, (options.StrideH, options.StrideW), (options.DilationH, options.DilationW), (weights.Shape[1], weights.Shape[2]));

        return Compute(call, input, call.Optional(2), options.QuantizedBiasType, options.Activation, (b, y, x, o) =>
        {
            long sum = 0;
            foreach (var (ky, kx, inY, inX) in window.Taps(input.Shape, call.Output.Shape, y, x))
            {
                for (var i = 0; i < filterDepth; i++)
                {
                    sum += (input.At(b, inY, inX, (o / groupSize * filterDepth) + i) - input.Tensor.ZeroPoint) * (weights.At(o, ky, kx, i) - weights.Tensor.ZeroPoint);
                }
            }

            return sum;
        });
    }

    public static long[][] Depthwise(ReferenceCall call)
    {
        var options = (DepthwiseConv2DOptions)call.Options;
        var (input, weights) = (call.Input, call.Inputs[1]!);
        var multiplier = weights.Shape[3] / input.Shape[3];
        var window = new ReferenceWindow(options.Padding, (options.StrideH, options.StrideW), (options.DilationH, options.DilationW), (weights.Shape[1], weights.Shape[2]));

        return Compute(call, input, call.Optional(2), TensorType.INT64, options.Activation, (b, y, x, o) => window.Taps(input.Shape, call.Output.Shape, y, x)
            .Sum(tap => (input.At(b, tap.InY, tap.InX, o / multiplier) - input.Tensor.ZeroPoint) * (weights.At(0, tap.Ky, tap.Kx, o) - weights.Tensor.ZeroPoint)));
    }

    /// <summary>TRANSPOSE_CONV: every input pixel spreads its products over the output pixels under the window.</summary>
    public static long[][] Transpose(ReferenceCall call)
    {
        var options = (TransposeConvOptions)call.Options;
        var (weights, input, shape) = (call.Inputs[1]!, call.Inputs[2]!, call.Output.Shape);
        var window = new ReferenceWindow(options.Padding, (options.StrideH, options.StrideW), (1, 1), (weights.Shape[1], weights.Shape[2]));
        var sums = new Dictionary<(int B, int Y, int X, int O), long>();

        for (var at = 0; at < input.Values.Length / input.Shape[3]; at++)
        {
            var (b, y, x) = (at / input.Shape[2] / input.Shape[1], at / input.Shape[2] % input.Shape[1], at % input.Shape[2]);
            foreach (var (ky, kx, outY, outX) in window.Taps(shape, input.Shape, y, x))
            {
                for (var o = 0; o < shape[3]; o++)
                {
                    var product = Enumerable.Range(0, input.Shape[3]).Sum(i => (input.At(b, y, x, i) - input.Tensor.ZeroPoint) * weights.At(o, ky, kx, i));
                    sums[(b, outY, outX, o)] = sums.GetValueOrDefault((b, outY, outX, o)) + product;
                }
            }
        }

        return Compute(call, input, call.Optional(3), TensorType.INT64, options.Activation, (b, y, x, o) => sums.GetValueOrDefault((b, y, x, o)));
    }

    private static long[][] Compute(
        ReferenceCall call, ReferenceTensor input, ReferenceTensor? bias, TensorType withoutBias, ActivationFunction activation, Func<int, int, int, int, long> sumAt)
    {
        var (weights, shape) = (call.Inputs[1]!.Tensor, call.Output.Shape);
        var result = new List<long>();

        for (var b = 0; b < shape[0]; b++)
        {
            for (var y = 0; y < shape[1]; y++)
            {
                for (var x = 0; x < shape[2]; x++)
                {
                    for (var o = 0; o < shape[3]; o++)
                    {
                        var scale = input.Tensor.Type == TensorType.UINT8
                            ? (double)(input.Tensor.Scale * weights.Scale) / call.Output.Scale
                            : (double)input.Tensor.Scale * weights.ScaleOf(o) / call.Output.Scale;
                        var sum = sumAt(b, y, x, o) + (bias?.Values[o] ?? 0);
                        result.Add(call.Activate(Fixed.ScaledSum(sum, scale, input.Tensor.Type, bias?.Tensor.Type ?? withoutBias), activation));
                    }
                }
            }
        }

        return [[.. result]];
    }
}

/// <summary>Which input positions an output position sees. SAME centres the window, the odd position in front left out.</summary>
internal sealed record ReferenceWindow(Padding Padding, (int Y, int X) Stride, (int Y, int X) Dilation, (int Y, int X) Filter)
{
    public IEnumerable<(int Ky, int Kx, int InY, int InX)> Taps(int[] input, int[] output, int y, int x)
    {
        for (var ky = 0; ky < Filter.Y; ky++)
        {
            for (var kx = 0; kx < Filter.X; kx++)
            {
                var inY = (y * Stride.Y) + (ky * Dilation.Y) - Before(input[1], output[1], Stride.Y, Dilation.Y, Filter.Y);
                var inX = (x * Stride.X) + (kx * Dilation.X) - Before(input[2], output[2], Stride.X, Dilation.X, Filter.X);
                if (inY >= 0 && inY < input[1] && inX >= 0 && inX < input[2])
                {
                    yield return (ky, kx, inY, inX);
                }
            }
        }
    }

    private int Before(int input, int output, int stride, int dilation, int filter) =>
        Padding == Padding.VALID ? 0 : Math.Max(0, ((output - 1) * stride) + ((filter - 1) * dilation) + 1 - input) / 2;
}
