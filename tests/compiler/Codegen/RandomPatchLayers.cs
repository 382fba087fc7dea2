// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Tests.Passes;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <content>Layers of int16, and convolutions of int8 that only the slow way serves.</content>
internal sealed partial class RandomLayers
{
    public Value Input16(params int[] shape) => _graph.Input(Tensor16(shape));

    /// <summary>Any filter, stride and dilation; biases of 32 and of 64 bits; fused activations.</summary>
    public Value Conv16(Value x) => AnyConv(x, dilated: OneIn(3), Conv16Layer);

    /// <summary>One of a certain shape, with borders where the filter is larger than a pixel.</summary>
    public Value Conv16(Value x, int outDepth, int filter, int stride) => Conv16Layer(
        new Conv2D(Padding.SAME, (stride, stride), (1, 1), Activation.Relu),
        x,
        [outDepth, filter, filter, x.Shape[3]],
        [1, (x.Shape[1] + stride - 1) / stride, (x.Shape[2] + stride - 1) / stride, outDepth]);

    /// <summary>An int8 convolution with dilation or with weights of -128.</summary>
    public Value PatchConv(Value x) => AnyConv(x, dilated: true, (op, input, weights, output) => Layer(op, input, weights, output));

    /// <summary>As many groups as the channels allow.</summary>
    public Value Grouped16(Value x)
    {
        var (group, c) = (x.Shape[3] % 2 == 0 && OneIn(2) ? 2 : 1, x.Shape[3]);
        var outDepth = c / group * Pick(1, 1, 2, 3);
        var (kh, kw, stride) = (Pick(1, 2, 3), Pick(1, 3, 5), Pick(1, 2));
        int Out(int size) => (size + stride - 1) / stride;
        return Conv16Layer(
            new Conv2D(Padding.SAME, (stride, stride), (1, 1), OneIn(2) ? Activation.None : Activation.Relu),
            x,
            [outDepth, kh, kw, group],
            [x.Shape[0], Out(x.Shape[1]), Out(x.Shape[2]), outDepth]);
    }

    /// <summary>A depthwise convolution of more outputs than inputs.</summary>
    public Value Multiplied(Value x)
    {
        var (outDepth, kh, kw, stride) = (x.Shape[3] * Pick(2, 3), Pick(1, 2, 3), Pick(1, 3, 5), Pick(1, 2));
        int Out(int size) => (size + stride - 1) / stride;
        return Layer(
            new DepthwiseConv2D(Padding.SAME, (stride, stride), (1, 1), OneIn(2) ? Activation.None : Activation.Relu),
            x,
            [1, kh, kw, outDepth],
            [x.Shape[0], Out(x.Shape[1]), Out(x.Shape[2]), outDepth],
            axis: 3);
    }

    public Value Dense16(Value x) => Dense16(x, Pick(1, 2, 3, 4, 5, 6, 7, 8, 13, 20));

    public Value Dense16(Value x, int outSize) =>
        Conv16Layer(new FullyConnected(OneIn(2) ? Activation.None : Activation.Relu), x, [outSize, x.Shape[-1]], [x.Shape[0], outSize]);

    private Value AnyConv(Value x, bool dilated, Func<Op, Value, int[], int[], Value> layer)
    {
        var (h, w, c) = (x.Shape[1], x.Shape[2], x.Shape[3]);
        var (kh, kw) = OneIn(3) ? (1, 1) : (Pick(1, 2, 3, 4), Pick(1, 2, 3, 5, 7));
        var (sh, sw) = OneIn(2) ? (1, 1) : (Pick(1, 2, 3), Pick(1, 2, 3));
        var (dh, dw) = dilated ? (Pick(1, 2, 3), Pick(2, 3)) : (1, 1);
        var (reachH, reachW) = (((kh - 1) * dh) + 1, ((kw - 1) * dw) + 1);
        var padding = reachH > h || reachW > w || OneIn(2) ? Padding.SAME : Padding.VALID;
        var outDepth = Pick(1, 2, 3, 4, 5, 6, 7, 8, 9, 13);
        int Out(int size, int reach, int stride) => padding == Padding.SAME ? (size + stride - 1) / stride : (size - reach + stride) / stride;

        var activation = OneIn(2) ? Activation.None : OneIn(4) ? Activation.Relu6 : Activation.Relu;
        return layer(
            new Conv2D(padding, (sh, sw), (dh, dw), activation), x, [outDepth, kh, kw, c], [x.Shape[0], Out(h, reachH, sh), Out(w, reachW, sw), outDepth]);
    }

    private Value Conv16Layer(Op op, Value x, int[] weights, int[] output)
    {
        var (channels, taps) = (weights[0], new Shape(weights).Count / weights[0]);
        var y = Tensor16(output);
        var fill = 32768.0 / (20000 * 70 * Math.Sqrt(taps));
        var scales = Enumerable.Range(0, channels).Select(_ => (float)(fill * Math.Pow(2, (_random.NextDouble() - 0.5) * (OneIn(8) ? 12 : 3)) * y.Quantization!.Scale / x.Quantization!.Scale)).ToArray();
        var bias = Enumerable.Range(0, channels).Select(_ => OneIn(40) ? Pick(-(1 << 29), 1 << 29) : _random.Next(-2000000, 2000000)).ToArray();
        var (name, quantized) = ($"{_count++}", Weights(weights, 0));
        if (IsExtreme)
        {
            (scales, bias) = new ExtremeQuantization(_random).Of(x.Quantization!, ByChannel(quantized, channels, axis: 0), y.Quantization!, ElementType.S16);
        }

        return _graph.Add(
            op,
            y,
            x,
            new Value($"w{name}", ElementType.S8, new Shape(weights)) { Constant = quantized, Quantization = new Quantization([.. scales], [.. new int[channels]], 0) },
            OneIn(3)
                ? Value.OfIntegers($"b{name}", new Shape(channels), bias)
                : new Value($"b{name}", ElementType.S64, new Shape(channels)) { Constant = bias.SelectMany(b => BitConverter.GetBytes((long)b)).ToArray() });
    }

    private Value Tensor16(params int[] shape) => new($"v{_count++}", ElementType.S16, new Shape(shape)) { Quantization = new Quantization(Scale(-14, -6), 0) };
}
