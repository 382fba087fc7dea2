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
            That(value.Type == expected, node, $"tensor \"{value.Name}\" is {value.Type.DisplayName()}", expected.DisplayName());
        }
    }

    public static void OneOf(Node node, Value value, params ReadOnlySpan<ElementType> types)
    {
        if (!types.Contains(value.Type))
        {
            throw node.Refuse(
                $"tensor \"{value.Name}\" is {value.Type.DisplayName()}",
                string.Join(", ", types.ToArray().Select(type => type.DisplayName())));
        }
    }

    public static void Constant(Node node, params ReadOnlySpan<Value> values)
    {
        foreach (var value in values)
        {
            That(value.IsConstant, node, $"\"{value.Name}\" is computed at run time", "a constant");
        }
    }

    /// <summary>Quantized with one scale and a zero point inside the range of the type.</summary>
    public static void PerTensor(Node node, params ReadOnlySpan<Value> values)
    {
        foreach (var value in values)
        {
            That(value.Quantization is { IsPerTensor: true }, node, $"tensor \"{value.Name}\" is not quantized per tensor", "one scale and zero point");
            var (min, max) = value.Type.Range();
            var zeroPoint = value.Quantization!.ZeroPoint;
            That(zeroPoint >= min && zeroPoint <= max, node, $"tensor \"{value.Name}\" has zero point {zeroPoint}", $"{min}..{max}");
        }
    }

    public static void SameQuantization(Node node, Value a, Value b) => That(
        a.Quantization?.SameAs(b.Quantization) ?? b.Quantization is null,
        node,
        $"tensors \"{a.Name}\" and \"{b.Name}\" have different scales or zero points",
        "equal ones");

    public static void SameCount(Node node, Value a, Value b) => That(
        a.Shape.Count == b.Shape.Count,
        node,
        $"shapes {a.Shape} and {b.Shape} have different element counts",
        "equal ones");
}
