// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Ops.Lce;
using TinyInfer.Compiler.Tests.Passes;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>Binary convolutions drawn at random; Larq's, with constants that no training would make among them.</summary>
internal sealed partial class RandomLayers
{
    public Value BinaryInput(params int[] shape) => _graph.Input(GraphBuilder.Integers($"v{_count++}", shape));

    /// <param name="x">Packed bits.</param>
    public Value Binary(Value x, ElementType type)
    {
        var (h, w, words) = (x.Shape[1], x.Shape[2], x.Shape[3]);
        var groups = words % 2 == 0 && OneIn(4) ? 2 : 1;
        var channels = groups > 1 || OneIn(2) ? 32 * words : (32 * (words - 1)) + 2 + (2 * _random.Next(15));
        var outDepth = groups * (type == ElementType.S32 && groups > 1 ? Pick(32, 64) : Pick(1, 3, 8, 31, 32, 33, 64));
        var (kh, kw) = OneIn(3) ? (1, 1) : OneIn(2) ? (3, 3) : (Pick(1, 2, 3, 4), Pick(1, 2, 5));
        var (sh, sw) = OneIn(2) ? (1, 1) : (Pick(1, 2, 3), Pick(1, 2, 3));
        var (dh, dw) = OneIn(4) ? (Pick(1, 2, 3), Pick(1, 2)) : (1, 1);
        var (reachH, reachW) = (((kh - 1) * dh) + 1, ((kw - 1) * dw) + 1);
        var padding = reachH > h || reachW > w || OneIn(2) ? Padding.SAME : Padding.VALID;
        int Out(int size, int reach, int stride) => padding == Padding.SAME ? (size + stride - 1) / stride : (size - reach + stride) / stride;

        var op = new LceConvolution(channels, padding, OneIn(2), (sh, sw), (dh, dw), (Activation)_random.Next(4));
        var sums = kh * kw * channels / groups;
        var weights = new Value($"w{_count}", ElementType.S32, new Shape(outDepth, kh, kw, words / groups)) { Constant = BinaryWeights(outDepth, kh * kw * words / groups) };
        int[] output = [x.Shape[0], Out(h, reachH, sh), Out(w, reachW, sw), type == ElementType.S32 ? Bits.Words(outDepth) : outDepth];
        if (type == ElementType.S32)
        {
            var thresholds = Enumerable.Range(0, outDepth).Select(_ => OneIn(20) ? Pick(int.MinValue, int.MaxValue, -1, sums) : (sums / 2) + _random.Next(-9, 10));
            return _graph.Add(op, GraphBuilder.Integers($"v{_count++}", output), x, weights, Value.OfIntegers($"t{_count}", new Shape(outDepth), [.. thresholds]));
        }

        var y = type == ElementType.F32 ? GraphBuilder.Floats($"v{_count++}", output) : Tensor(output);
        var fill = (y.Quantization?.Scale ?? 1) * 100 / Math.Sqrt(sums);
        var multipliers = Enumerable.Range(0, outDepth).Select(_ => OneIn(20) ? Pick(0, 1, 1 << 30) : (float)(fill * (_random.NextDouble() - 0.5)));
        var biases = Enumerable.Range(0, outDepth).Select(_ => OneIn(20) ? Pick(0, 1 << 30, -(1 << 30)) : OneIn(4) ? 0.5f : (float)(fill * 9 * (_random.NextDouble() - 0.5)));
        return _graph.Add(op, y, x, weights, Real($"m{_count}", [.. multipliers]), Real($"b{_count}", [.. biases]));
    }

    /// <summary>Stride 1, padded with +1, to bits or int8.</summary>
    public Value Binary(int size, int filter, int channels, int outDepth, ElementType type)
    {
        var x = BinaryInput(1, size, size, Bits.Words(channels));
        var weights = new Value($"w{_count}", ElementType.S32, new Shape(outDepth, filter, filter, Bits.Words(channels))) { Constant = BinaryWeights(outDepth, filter * filter * Bits.Words(channels)) };
        var op = new LceConvolution(channels, Padding.SAME, true, (1, 1), (1, 1), Activation.None);
        return type == ElementType.S32
            ? _graph.Add(op, GraphBuilder.Integers($"v{_count++}", 1, size, size, Bits.Words(outDepth)), x, weights, Value.OfIntegers($"t{_count}", new Shape(outDepth), new int[outDepth]))
            : _graph.Add(op, Tensor(1, size, size, outDepth), x, weights, Real($"m{_count}", new float[outDepth]), Real($"b{_count}", new float[outDepth]));
    }

    // A few channels agree with inputs of all ones or of all zeros, bits too many included.
    private byte[] BinaryWeights(int channels, int words)
    {
        var bytes = new byte[channels * words * sizeof(int)];
        _random.NextBytes(bytes);
        for (var channel = 0; channel < channels; channel++)
        {
            if (OneIn(10))
            {
                bytes.AsSpan(channel * words * sizeof(int), words * sizeof(int)).Fill((byte)Pick(0, 0xFF));
            }
        }

        return bytes;
    }

    private static Value Real(string name, float[] items) =>
        new(name, ElementType.F32, new Shape(items.Length)) { Constant = MemoryMarshal.AsBytes(items.AsSpan()).ToArray() };
}
