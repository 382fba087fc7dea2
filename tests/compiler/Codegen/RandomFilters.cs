// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>Filters that networks seldom have.</summary>
internal sealed partial class RandomLayers
{
    /// <summary>A transposed convolution, its filter smaller or larger than the stride.</summary>
    public Value Transposed(Value x)
    {
        var (kh, kw, sh, sw) = (Pick(1, 2, 3, 4), Pick(1, 2, 3, 5), Pick(1, 2, 3), Pick(1, 2));
        var padding = OneIn(2) ? Padding.SAME : Padding.VALID;
        var outDepth = Pick(1, 2, 3, 4, 5, 8, 9);
        int Out(int size, int kernel, int stride) => padding == Padding.SAME ? size * stride : ((size - 1) * stride) + kernel;

        return Layer(
            new TransposeConv(padding, (sh, sw), OneIn(2) ? Activation.None : Activation.Relu),
            x,
            [outDepth, kh, kw, x.Shape[3]],
            [x.Shape[0], Out(x.Shape[1], kh, sh), Out(x.Shape[2], kw, sw), outDepth]);
    }

    /// <summary>A convolution in groups, or one whose taps lie apart, with borders.</summary>
    public Value Apart(Value x)
    {
        var depth = x.Shape[3];
        var groups = OneIn(3) ? 1 : Enumerable.Range(1, depth).Last(groups => depth % groups == 0 && groups <= 3);
        var (dh, dw) = groups == 1 || OneIn(2) ? (Pick(1, 2, 3), Pick(1, 2)) : (1, 1);
        var outDepth = groups * Pick(1, 2, 3, 4, 5);
        return Layer(
            new Conv2D(Padding.SAME, (1, 1), (dh, dw), Activation.Relu),
            x,
            [outDepth, Pick(1, 2, 3), Pick(1, 3), depth / groups],
            [x.Shape[0], x.Shape[1], x.Shape[2], outDepth]);
    }

    /// <summary>A convolution whose weights have one sign a channel: inputs at the ends of their range make the largest sums.</summary>
    public Value OneSided(Value x, int filter)
    {
        var (depth, outDepth) = (x.Shape[3], Pick(4, 5, 7, 8));
        var signs = Enumerable.Range(0, outDepth).Select(_ => OneIn(2) ? 1 : -1).ToArray();
        var kernel = filter * filter * depth;
        var weights = Enumerable.Range(0, outDepth * kernel).Select(at => (byte)(sbyte)(signs[at / kernel] * _random.Next(128))).ToArray();
        var (padding, less) = OneIn(2) ? (Padding.SAME, 0) : (Padding.VALID, filter - 1);
        return Layer(
            new Conv2D(padding, (1, 1), (1, 1), OneIn(2) ? Activation.None : Activation.Relu),
            x,
            [outDepth, filter, filter, depth],
            [1, x.Shape[1] - less, x.Shape[2] - less, outDepth],
            given: weights);
    }

    /// <summary>A fully connected layer behind one whose outputs are never negative.</summary>
    public Value BehindRelu(Value x)
    {
        var outSize = Pick(16, 17, 18, 19, 30, 64, 127);
        var y = Layer(new FullyConnected(Activation.Relu), x, [outSize, x.Shape[-1]], [x.Shape[0], outSize], zeroPoint: sbyte.MinValue);
        return Dense(y, Pick(8, 9, 15, 16, 40));
    }
}
