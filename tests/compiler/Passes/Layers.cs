// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.Passes;

/// <summary>Layers with constants, for graphs of <see cref="GraphBuilder"/>.</summary>
internal static class Layers
{
    public static Conv2D Conv(Padding padding, int stride = 1) => new(padding, (stride, stride), (1, 1), Activation.None);

    public static DepthwiseConv2D Depthwise(Padding padding) => new(padding, (1, 1), (1, 1), Activation.None);

    public static Value Weights(string name, Random random, params int[] shape)
    {
        var bytes = new byte[new Shape(shape).Count];
        random.NextBytes(bytes);
        return new Value(name, ElementType.S8, new Shape(shape)) { Quantization = new Quantization(0.01f, 0), Constant = bytes };
    }

    public static Value Bias(string name, Random random, int channels) =>
        Value.OfIntegers(name, new Shape(channels), [.. Enumerable.Range(0, channels).Select(_ => random.Next(-500, 500))]);

    /// <summary>As trained networks have them: biases that hold some channels at a bound, and inputs that no output reads.</summary>
    public static Value Pruned(Value weights, Random random, int inputs)
    {
        var bytes = weights.Constant!.Value.ToArray();
        foreach (var input in Enumerable.Range(0, inputs).Where(_ => random.Next(4) == 0))
        {
            for (var at = input; at < bytes.Length; at += inputs)
            {
                bytes[at] = 0;
            }
        }

        return new Value(weights.Name, weights.Type, weights.Shape) { Quantization = weights.Quantization, Constant = bytes };
    }

    /// <inheritdoc cref="Pruned"/>
    public static Value ExtremeBias(string name, Random random, int channels) =>
        Value.OfIntegers(name, new Shape(channels), [.. Enumerable.Range(0, channels).Select(_ => random.Next(-500, 500) + (random.Next(-1, 2) * 40_000_000))]);

    /// <summary>A border of <paramref name="stored"/>, on rows and columns.</summary>
    public static Pad Border(int top, int bottom, int left, int right, sbyte stored) => new([0, top, left, 0], [0, bottom, right, 0], (byte)stored);
}

/// <summary>A table that clamps stored values, with or without equal scales a relu as TFLite has it.</summary>
internal sealed record ClampTable(int Low, int High) : TableOp
{
    public override string Name => "clamp";

    protected override Func<int, int> Function(Node node) => value => Math.Clamp(value, Low, High);
}
