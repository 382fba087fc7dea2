// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>
/// Larq Compute Engine's operators by their definitions: bits are unpacked to numbers of +-1, and products are summed one by one. The
/// definitions stand in github.com/larq/compute-engine: core/bitpacking/bitpack.h, core/bconv2d/reference.h (a tap outside the input is 0
/// or +1), core/bconv2d/output_transform.h (the steps from the sum to float and int8) with tflite/kernels/bconv2d.cc (which of them are
/// merged, and where the roundings to float are) and core/bmaxpool.h.
/// </summary>
internal static class LceReferences
{
    public static Func<ReferenceCall, long[][]>? Of(string name) => name switch
    {
        "LceQuantize" => Quantize,
        "LceDequantize" => Dequantize,
        "LceBMaxPool2d" => MaxPool,
        "LceBconv2d" => Convolution,
        _ => null,
    };

    private static int Option(this ReferenceCall call, string name) => (int)call.Custom[name];

    private static long[][] Quantize(ReferenceCall call)
    {
        var input = call.Input;
        bool[] negative = input.Tensor.Type switch
        {
            TensorType.FLOAT32 => [.. input.Floats.Select(x => x < 0)],
            TensorType.BOOL => [.. input.Values.Select(x => x == 0)],
            _ => [.. input.Values.Select(x => x < input.Tensor.ZeroPoint)],
        };
        return [[.. negative.Chunk(input.Shape[^1]).SelectMany(Packed)]];
    }

    private static long[][] Dequantize(ReferenceCall call)
    {
        var output = call.Output;
        var channels = output.Shape[^1];
        var ones = output.Type == TensorType.INT8 ? (long)MathF.Round(1 / output.Scale, MidpointRounding.AwayFromZero) : 0;

        long Element(int sign) => output.Type switch
        {
            TensorType.FLOAT32 => BitConverter.SingleToInt32Bits(sign),
            TensorType.BOOL => sign > 0 ? 1 : 0,
            _ => Math.Clamp(output.ZeroPoint + (sign * ones), -128, 127),
        };

        return [[.. Enumerable.Range(0, output.Count).Select(at => Element(Sign(call.Input, at / channels, at % channels)))]];
    }

    private static long[][] MaxPool(ReferenceCall call)
    {
        var (input, shape) = (call.Input, call.Output.Shape);
        var window = Window(call, (call.Option("filter_height"), call.Option("filter_width")), (1, 1));

        return [[.. Pixels(shape).SelectMany(at => Packed([.. Enumerable.Range(0, 32 * shape[3]).Select(c =>
            window.Taps(input.Shape, shape, at.Y, at.X).Max(tap => Sign(input, Pixel(input, at.B, tap.InY, tap.InX), c)) < 0)]))]];
    }

    private static long[][] Convolution(ReferenceCall call)
    {
        var (weights, shape) = (call.Inputs[1]!, call.Output.Shape);
        var perChannel = shape.Take(3).ToArray();
        var sums = Pixels(perChannel).Select(at => Enumerable.Range(0, weights.Shape[0]).Select(o => Sum(call, at.B, at.Y, at.X, o)).ToArray());

        return call.Output.Type switch
        {
            TensorType.INT32 => [[.. sums.SelectMany(pixel => Packed([.. pixel.Select((sum, o) => (Products(call) - sum) / 2 > call.Inputs[4]!.Values[o])]))]],
            TensorType.FLOAT32 => [[.. sums.SelectMany(pixel => pixel.Select((sum, o) => (long)BitConverter.SingleToInt32Bits(Real(call, sum, o))))]],
            _ => [[.. sums.SelectMany(pixel => pixel.Select((sum, o) => (long)Math.Clamp(MathF.Round(Real(call, sum, o), MidpointRounding.AwayFromZero), -128, 127)))]],
        };
    }

    /// <summary>The sum of products of +-1 under the window, a tap outside being 0 or +1.</summary>
    private static int Sum(ReferenceCall call, int b, int y, int x, int o)
    {
        var (input, weights) = (call.Input, call.Inputs[1]!);
        var channels = GroupChannels(call);
        var group = o / (weights.Shape[0] * channels / call.Option("channels_in"));
        var window = Window(call, (weights.Shape[1], weights.Shape[2]), (call.Option("dilation_height_factor"), call.Option("dilation_width_factor")));
        var inside = window.Taps(input.Shape, call.Output.Shape, y, x).ToDictionary(tap => (tap.Ky, tap.Kx), tap => (tap.InY, tap.InX));
        var sum = 0;

        for (var tap = 0; tap < weights.Shape[1] * weights.Shape[2]; tap++)
        {
            var (ky, kx) = (tap / weights.Shape[2], tap % weights.Shape[2]);
            for (var c = 0; c < channels; c++)
            {
                var read = inside.TryGetValue((ky, kx), out var at)
                    ? Sign(input, Pixel(input, b, at.InY, at.InX), (group * channels) + c)
                    : call.Option("pad_values");
                sum += read * Sign(weights, (o * weights.Shape[1] * weights.Shape[2]) + tap, c);
            }
        }

        return sum;
    }

    /// <summary>activation(sum) * multiplier + bias, in the order and with the roundings to float that the engine has.</summary>
    private static float Real(ReferenceCall call, int sum, int o)
    {
        var isReal = call.Output.Type == TensorType.FLOAT32;
        var (scale, zeroPoint) = isReal ? (1.0, 0) : ((double)call.Output.Scale, call.Output.ZeroPoint);
        var (multiplier, bias, products) = ((double)call.Inputs[2]!.Floats[o], (double)call.Inputs[3]!.Floats[o], Products(call));
        var active = call.Option("fused_activation_function") switch
        {
            0 => sum,
            1 => Math.Max(sum, 0),
            2 => Math.Clamp(sum, -1, 1),
            3 => Math.Clamp(sum, 0, 6),
            var other => throw new ArgumentException($"there is no reference of activation {other}"),
        };
        var product = (float)(products - active) * (float)(-multiplier / scale);
        return product + (float)(((bias + (products * multiplier)) / scale) + zeroPoint);
    }

    private static int GroupChannels(ReferenceCall call) =>
        call.Option("channels_in") / (call.Input.Shape[3] / call.Inputs[1]!.Shape[3]);

    private static int Products(ReferenceCall call) => call.Inputs[1]!.Shape[1] * call.Inputs[1]!.Shape[2] * GroupChannels(call);

    private static ReferenceWindow Window(ReferenceCall call, (int Y, int X) filter, (int Y, int X) dilation) =>
        new(call.Option("padding") == 0 ? Padding.SAME : Padding.VALID, (call.Option("stride_height"), call.Option("stride_width")), dilation, filter);

    private static IEnumerable<(int B, int Y, int X)> Pixels(int[] shape) => Enumerable.Range(0, shape[0] * shape[1] * shape[2])
        .Select(at => (at / shape[2] / shape[1], at / shape[2] % shape[1], at % shape[2]));

    private static int Pixel(ReferenceTensor tensor, int b, int y, int x) => (((b * tensor.Shape[1]) + y) * tensor.Shape[2]) + x;

    /// <summary>The number of +-1 that a row of packed bits has at a channel.</summary>
    private static int Sign(ReferenceTensor packed, int row, int channel) =>
        (packed.Values[(row * packed.Shape[^1]) + (channel / 32)] >> (channel % 32) & 1) == 0 ? 1 : -1;

    private static IEnumerable<long> Packed(bool[] negative) =>
        negative.Chunk(32).Select(word => (long)(int)word.Select((set, i) => set ? 1u << i : 0).Aggregate(0u, (bits, bit) => bits | bit));
}
