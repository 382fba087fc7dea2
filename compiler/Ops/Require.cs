// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>The limits that many ops share, each as one sentence.</summary>
internal static class Require
{
    public static void That(bool holds, Node node, string otherwise, string supported)
    {
        if (!holds)
        {
            throw node.Refuse(otherwise, supported);
        }
    }

    public static void Types(Node node, ElementType expected, params ReadOnlySpan<Value> values)
    {
        foreach (var value in values)
        {
            That(value.Type == expected, node, $"tensor {Quoted.Name(value.Name)} is {value.Type.DisplayName()}", expected.DisplayName());
        }
    }

    /// <summary>TensorFlow Lite Micro has no such kernels either.</summary>
    public static void NotHybrid(Node node, Value input, Value weights) => That(
        input.Type != ElementType.F32 || weights.Type is not (ElementType.S8 or ElementType.U8),
        node,
        $"weights {Quoted.Name(weights.Name)} of {weights.Type.DisplayName()} for inputs of float32, which dynamic range quantization makes",
        "one of both: convert again with a representative data set for int8, or without optimizations for float32");

    public static void OneOf(Node node, Value value, params ReadOnlySpan<ElementType> types)
    {
        if (!types.Contains(value.Type))
        {
            throw node.Refuse(
                $"tensor {Quoted.Name(value.Name)} is {value.Type.DisplayName()}",
                string.Join(", ", types.ToArray().Select(type => type.DisplayName())));
        }
    }

    public static void Constant(Node node, params ReadOnlySpan<Value> values)
    {
        foreach (var value in values)
        {
            That(value.IsConstant, node, $"{Quoted.Name(value.Name)} is computed at run time", "a constant");
        }
    }

    /// <summary>With at least one element.</summary>
    public static void Filled(Node node, params ReadOnlySpan<Value> values)
    {
        foreach (var value in values)
        {
            That(value.Shape.Count > 0, node, $"tensor {Quoted.Name(value.Name)} of shape {value.Shape} is empty", "dimensions of at least 1");
        }
    }

    /// <summary>Quantized with one scale and a zero point inside the range of the type.</summary>
    public static void PerTensor(Node node, params ReadOnlySpan<Value> values)
    {
        foreach (var value in values)
        {
            That(value.Quantization is { IsPerTensor: true }, node, $"tensor {Quoted.Name(value.Name)} is not quantized per tensor", "one scale and zero point");
            var (min, max) = value.Type.Range();
            var zeroPoint = value.Quantization!.ZeroPoint;
            That(zeroPoint >= min && zeroPoint <= max, node, $"tensor {Quoted.Name(value.Name)} has zero point {zeroPoint}", $"{min}..{max}");
        }
    }

    /// <summary>Quantized with one scale and a zero point of 0, as int16 tensors mostly are.</summary>
    public static void Symmetric(Node node, params ReadOnlySpan<Value> values)
    {
        PerTensor(node, values);
        foreach (var value in values)
        {
            That(value.Quantization!.ZeroPoint == 0, node, $"{value.Type.DisplayName()} tensor {Quoted.Name(value.Name)} has zero point {value.Quantization.ZeroPoint}", "0");
        }
    }

    /// <summary>Symmetric weights: one scale for all, or one for each position along <paramref name="axis"/>.</summary>
    public static void Weights(Node node, Value weights, int axis)
    {
        var name = Quoted.Name(weights.Name);
        That(weights.Quantization is not null, node, $"weights {name} are not quantized", "one scale, or one for each output channel");
        That(
            weights.Quantization!.IsPerTensor || weights.Quantization.Axis == axis,
            node,
            $"weights {name} have scales along dimension {weights.Quantization.Axis}",
            $"along dimension {axis}");
        That(weights.Quantization.ZeroPoints.All(zeroPoint => zeroPoint == 0), node, $"weights {name} have zero points other than 0", "0");
    }

    public static void SameQuantization(Node node, Value a, Value b) => That(
        a.IsQuantizedAs(b),
        node,
        $"tensors {Quoted.Name(a.Name)} and {Quoted.Name(b.Name)} have different scales or zero points",
        "equal ones");

    public static void SameCount(Node node, Value a, Value b) => That(
        a.Shape.Count == b.Shape.Count,
        node,
        $"shapes {a.Shape} and {b.Shape} have different element counts",
        "equal ones");
}
