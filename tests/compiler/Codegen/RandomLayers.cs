// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Tests.Passes;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>Chains of layers drawn at random: odd and even sizes, zero points at both ends, extreme weights, biases and scales. Equal seeds give equal layers.</summary>
internal sealed partial class RandomLayers(int seed)
{
    private readonly Random _random = new(seed);
    private readonly GraphBuilder _graph = new();
    private readonly List<Value> _outputs = [];
    private int _count;

    /// <summary>Layers have scales, biases and zero points at the ends of what the arithmetic allows: see <see cref="ExtremeQuantization"/>.</summary>
    private bool IsExtreme { get; init; }

    /// <summary>A graph of many chains beside each other.</summary>
    public static Graph Chains(int seed, int count, Func<RandomLayers, Value> chain, bool extreme = false)
    {
        var layers = new RandomLayers(seed) { IsExtreme = extreme };
        for (var i = 0; i < count; i++)
        {
            layers._outputs.Add(chain(layers));
        }

        return layers._graph.Build(layers._outputs);
    }

    /// <summary>Gets how many there are so far.</summary>
    public int Nodes => _graph.Count;

    /// <summary>Makes a value an output of the graph, besides the end of its chain.</summary>
    public void Output(Value value) => _outputs.Add(value);

    public int Pick(params int[] choices) => choices[_random.Next(choices.Length)];

    public bool OneIn(int chances) => _random.Next(chances) == 0;

    public Value Input(params int[] shape) => _graph.Input(Tensor(shape));

    public Value Conv(Value x)
    {
        var (h, w, c) = (x.Shape[1], x.Shape[2], x.Shape[3]);
        var (kh, kw) = OneIn(2) ? (1, 1) : (Pick(1, 2, 3, 4), Pick(1, 2, 3, 5));
        var padding = kh > h || kw > w || OneIn(2) ? Padding.SAME : Padding.VALID;
        var (sh, sw) = OneIn(2) ? (1, 1) : (Pick(1, 2, 3), Pick(1, 2, 3));
        var outDepth = Pick(1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 16, 18);
        int Out(int size, int kernel, int stride) => padding == Padding.SAME ? (size + stride - 1) / stride : (size - kernel + stride) / stride;

        var activation = OneIn(2) ? Activation.None : OneIn(4) ? Activation.Relu6 : Activation.Relu;
        return Layer(
            new Conv2D(padding, (sh, sw), (1, 1), activation),
            x,
            [outDepth, kh, kw, c],
            [x.Shape[0], Out(h, kh, sh), Out(w, kw, sw), outDepth]);
    }

    /// <summary>One of a certain shape, with borders where the filter is larger than a pixel.</summary>
    public Value Conv(Value x, int outDepth, int filter, int stride) => Layer(
        new Conv2D(Padding.SAME, (stride, stride), (1, 1), Activation.Relu),
        x,
        [outDepth, filter, filter, x.Shape[3]],
        [1, (x.Shape[1] + stride - 1) / stride, (x.Shape[2] + stride - 1) / stride, outDepth]);

    /// <summary>One of a certain size.</summary>
    public Value Dense(Value x, int outSize) => Layer(new FullyConnected(Activation.Relu), x, [outSize, x.Shape[-1]], [x.Shape[0], outSize]);

    /// <summary>One of a certain shape.</summary>
    public Value Pool(Value x, string kind, (int Rows, int Columns) window, (int Rows, int Columns) stride) => _graph.Add(
        new Pool2D(kind, Padding.VALID, stride, window, Activation.None),
        GraphBuilder.Tensor($"v{_count++}", x.Quantization!, 1, (x.Shape[1] - window.Rows + stride.Rows) / stride.Rows, (x.Shape[2] - window.Columns + stride.Columns) / stride.Columns, x.Shape[3]),
        x);

    /// <summary>The same with a border.</summary>
    public Value PoolWithBorders(Value x, string kind, int window, int stride) => _graph.Add(
        new Pool2D(kind, Padding.SAME, (stride, stride), (window, window), Activation.None),
        GraphBuilder.Tensor($"v{_count++}", x.Quantization!, 1, (x.Shape[1] + stride - 1) / stride, (x.Shape[2] + stride - 1) / stride, x.Shape[3]),
        x);

    /// <summary>Filters that fit registers and others, strides and dilations that do not divide, some with a multiplier.</summary>
    public Value Depthwise(Value x)
    {
        var (h, w, c) = (x.Shape[1], x.Shape[2], x.Shape[3]);
        var (kh, kw) = OneIn(2) ? (3, 3) : (Pick(1, 2, 3, 5, 7), Pick(1, 2, 3, 4, 5, 6, 9));
        var (sh, sw) = OneIn(2) ? (1, 1) : OneIn(2) ? (2, 2) : (Pick(1, 2, 3), Pick(1, 2, 3, 5));
        var (dh, dw) = OneIn(5) ? (Pick(1, 2, 3), Pick(1, 2, 3)) : (1, 1);
        var (reachH, reachW) = (((kh - 1) * dh) + 1, ((kw - 1) * dw) + 1);
        var padding = reachH > h || reachW > w || OneIn(2) ? Padding.SAME : Padding.VALID;
        var outDepth = c == 1 ? Pick(1, 2, 4, 5, 8) : OneIn(5) ? c * Pick(2, 3) : c;
        int Out(int size, int reach, int stride) => padding == Padding.SAME ? (size + stride - 1) / stride : (size - reach + stride) / stride;

        var activation = OneIn(2) ? Activation.None : OneIn(4) ? Activation.Relu6 : Activation.Relu;
        return Layer(
            new DepthwiseConv2D(padding, (sh, sw), (dh, dw), activation),
            x,
            [1, kh, kw, outDepth],
            [x.Shape[0], Out(h, reachH, sh), Out(w, reachW, sw), outDepth],
            axis: 3);
    }

    /// <summary>A convolution of few channels: runs of every length, windows of every number of words.</summary>
    public Value First(Value x)
    {
        var (h, w, c) = (x.Shape[1], x.Shape[2], x.Shape[3]);
        var (kh, kw) = OneIn(3) ? (3, 3) : (Pick(1, 2, 4, 5, 7, 10), Pick(1, 2, 3, 5, 7));
        var (sh, sw) = (Pick(1, 2, 3), Pick(1, 1, 2, 3));
        var padding = kh > h || kw > w || OneIn(2) ? Padding.SAME : Padding.VALID;
        var outDepth = Pick(3, 8, 10, 16, 19);
        int Out(int size, int kernel, int stride) => padding == Padding.SAME ? (size + stride - 1) / stride : (size - kernel + stride) / stride;
        return Layer(
            new Conv2D(padding, (sh, sw), (1, 1), OneIn(2) ? Activation.None : Activation.Relu),
            x,
            [outDepth, kh, kw, c],
            [1, Out(h, kh, sh), Out(w, kw, sw), outDepth]);
    }

    /// <summary>3x3 and stride 1.</summary>
    /// <param name="depth">Output channels, with borders; any number when left out.</param>
    public Value Square(Value x, int? depth = null)
    {
        var (h, w, c) = (x.Shape[1], x.Shape[2], x.Shape[3]);
        var same = depth is not null || h < 7 || w < 7 || OneIn(2);
        var outDepth = depth ?? Pick(5, 8, 11, 12);
        var activation = OneIn(3) ? Activation.None : OneIn(4) ? Activation.Relu6 : Activation.Relu;
        return Layer(
            new Conv2D(same ? Padding.SAME : Padding.VALID, (1, 1), (1, 1), activation),
            x,
            [outDepth, 3, 3, c],
            [1, same ? h : h - 2, same ? w : w - 2, outDepth]);
    }

    /// <summary>An addition or a subtraction.</summary>
    public Value Sum(Value a, Value b)
    {
        var activation = OneIn(2) ? Activation.None : OneIn(3) ? Activation.Relu6 : Activation.Relu;
        return _graph.Add(OneIn(3) ? new Sub(activation) : new Add(activation), Tensor([.. a.Shape.Dimensions]), a, b);
    }

    /// <summary>Any table.</summary>
    public Value LookUp(Value x)
    {
        var entries = new byte[256];
        _random.NextBytes(entries);
        return _graph.Add(new LookUp(entries), Tensor([.. x.Shape.Dimensions]), x);
    }

    /// <summary>The average or the largest of windows, or the mean of all positions.</summary>
    public Value Pool(Value x)
    {
        var (h, w, c) = (x.Shape[1], x.Shape[2], x.Shape[3]);
        if (OneIn(3))
        {
            var (rows, kind) = (OneIn(3) ? h : 1, OneIn(4) ? Reduction.Sum : Reduction.Mean);
            return _graph.Add(new Reduce(kind, rows == 1 ? [1, 2] : [2]), Tensor(1, rows, 1, c), x);
        }

        var (sh, sw) = (Pick(1, 2), Pick(1, 2, 3));
        var activation = OneIn(2) ? Activation.None : OneIn(2) ? Activation.Relu6 : Activation.Relu;
        if (OneIn(3))
        {
            var bordered = new Pool2D(OneIn(2) ? "average" : "max", Padding.SAME, (sh, sw), (Pick(1, 2, 3, 5, 9), Pick(1, 2, 3, 5, 9)), activation);
            return _graph.Add(bordered, GraphBuilder.Tensor($"v{_count++}", x.Quantization!, 1, (h + sh - 1) / sh, (w + sw - 1) / sw, c), x);
        }

        var (kh, kw) = OneIn(3) ? (h, w) : (Math.Min(h, Pick(1, 2, 3)), Math.Min(w, Pick(1, 2, 3, 5)));
        var pool = new Pool2D(OneIn(2) ? "average" : "max", Padding.VALID, (sh, sw), (kh, kw), activation);
        return _graph.Add(pool, GraphBuilder.Tensor($"v{_count++}", x.Quantization!, 1, (h - kh + sh) / sh, (w - kw + sw) / sw, c), x);
    }

    /// <summary>One of a certain filter and stride, with borders.</summary>
    public Value Depthwise(Value x, (int Rows, int Columns) filter, int stride) => Layer(
        new DepthwiseConv2D(Padding.SAME, (stride, stride), (1, 1), Activation.None),
        x,
        [1, filter.Rows, filter.Columns, x.Shape[3]],
        [1, (x.Shape[1] + stride - 1) / stride, (x.Shape[2] + stride - 1) / stride, x.Shape[3]],
        axis: 3);

    public Value Dense(Value x)
    {
        var outSize = Pick(1, 2, 3, 4, 5, 7, 8, 9, 12, 16, 17);
        return Layer(new FullyConnected(OneIn(2) ? Activation.None : Activation.Relu), x, [outSize, x.Shape[-1]], [x.Shape[0], outSize]);
    }

    /// <param name="axis">Of the output channels in the weights.</param>
    /// <param name="given">The weights, or null for any.</param>
    /// <param name="zeroPoint">Of the output, or null for any.</param>
    private Value Layer(Op op, Value x, int[] weights, int[] output, int axis = 0, byte[]? given = null, int? zeroPoint = null)
    {
        var channels = weights[axis];
        var taps = new Shape(weights).Count / channels;
        var quantized = given ?? Weights(weights, axis);
        var y = Tensor(output);
        y = zeroPoint is null ? y : GraphBuilder.Tensor(y.Name, new Quantization(y.Quantization!.Scale, zeroPoint.Value), output);

        // The sums of one channel are about 40 * 70 * sqrt(taps); scales around what fills the output with them, some far from it.
        var fill = 128.0 / (40 * 70 * Math.Sqrt(taps));
        var spread = OneIn(8) ? 12 : 2;
        var factor = fill * Math.Pow(2, (_random.NextDouble() - 0.5) * spread);
        var scales = Enumerable.Range(0, channels).Select(_ => (float)(factor * Math.Pow(2, (_random.NextDouble() - 0.5) * 3) * y.Quantization!.Scale / x.Quantization!.Scale)).ToArray();
        var bias = Enumerable.Range(0, channels).Select(_ => OneIn(40) ? Pick(-(1 << 30), 1 << 30, 1 << 24) : _random.Next(-20000, 20000)).ToArray();
        if (IsExtreme)
        {
            (scales, bias) = new ExtremeQuantization(_random).Of(x.Quantization!, ByChannel(quantized, channels, axis), y.Quantization!);
        }

        return _graph.Add(
            op,
            y,
            x,
            new Value($"w{_count}", ElementType.S8, new Shape(weights)) { Constant = quantized, Quantization = new Quantization([.. scales], [.. new int[channels]], axis) },
            Value.OfIntegers($"b{_count++}", new Shape(channels), [.. bias]));
    }

    public static sbyte[][] ByChannel(byte[] weights, int channels, int axis) =>
    [
        .. weights.Index()
            .GroupBy(weight => axis == 0 ? weight.Index / (weights.Length / channels) : weight.Index % channels, weight => (sbyte)weight.Item)
            .OrderBy(channel => channel.Key)
            .Select(channel => channel.ToArray()),
    ];

    private byte[] Weights(int[] shape, int axis)
    {
        var bytes = new byte[new Shape(shape).Count];
        _random.NextBytes(bytes);
        var (channels, taps) = (shape[axis], bytes.Length / shape[axis]);
        for (var channel = 0; channel < channels; channel++)
        {
            var (isExtreme, extreme) = (OneIn(IsExtreme ? 4 : 16), (byte)Pick(127, -127, 0));
            for (var tap = 0; tap < taps && isExtreme; tap++)
            {
                bytes[axis == 0 ? (channel * taps) + tap : (tap * channels) + channel] = extreme;
            }
        }

        // The converter never makes -128; a few layers have it all the same.
        return OneIn(30) ? bytes : [.. bytes.Select(weight => weight == 0x80 ? (byte)0x81 : weight)];
    }

    private Value Tensor(params int[] shape) => GraphBuilder.Tensor($"v{_count++}", new Quantization(Scale(-6, 2), ZeroPoint()), shape);

    // From 2^least to 2^most.
    private float Scale(int least, int most) => (float)(IsExtreme ? ExtremeQuantization.Factor(_random, least, most) : Math.Pow(2, (_random.NextDouble() * (most - least)) + least));

    private int ZeroPoint() => OneIn(3) ? Pick(-128, 127) : OneIn(2) ? -128 : _random.Next(-128, 128);
}
