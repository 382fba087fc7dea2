// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>The host side of <c>struct ti_filter_shape</c> in kernels/common/ti_filter.h, with which int16 and float filters run.</summary>
internal sealed record FilterShape(int Batch, Window Rows, Window Columns, int InDepth, int FilterDepth, int OutDepth)
{
    private static readonly Window Single = new(1, 1, 1, 1, 1, Tflite.Padding.VALID);

    /// <summary>The members of <c>struct ti_filter_shape shape</c>.</summary>
    public IReadOnlyList<Field> Fields =>
    [
        ("shape.batch", Batch),
        .. Rows.Fields("shape.rows"),
        .. Columns.Fields("shape.columns"),
        ("shape.in_depth", InDepth),
        ("shape.filter_depth", FilterDepth),
        ("shape.out_depth", OutDepth),
    ];

    /// <summary>A matrix product: each batch is an image of one pixel.</summary>
    public static FilterShape Matrix(int batch, int inSize, int outSize) => new(batch, Single, Single, inSize, inSize, outSize);

    /// <summary>The call of a kernel of int16 elements.</summary>
    /// <param name="node">Its inputs are input, weights and bias; the bias has the width of the accumulator.</param>
    /// <param name="weights">In the order of ti_filter.h.</param>
    /// <param name="biases">Types that the bias may have.</param>
    /// <param name="scales">Of the output channels.</param>
    public KernelCall Int16(string kernel, Node node, Operand weights, IReadOnlyList<Requantization> scales, Activation activation)
    {
        var bias = node.Inputs[2];
        var wide = bias.Type != ElementType.S32;
        var channels = scales.Select(scale => wide ? scale.Wide : (scale.Multiplier, scale.Shift)).ToArray();
        var (min, max) = activation.Bounds(node.Output);

        return new KernelCall(
            kernel,
            [.. Fields, ("to.wide", wide ? 1 : 0), ("to.min", min), ("to.max", max)],
            [
                node.Input,
                weights,
                ConstantOperand.Of("bias", Words(bias)),
                ConstantOperand.Of("multiplier", [.. channels.Select(channel => channel.Multiplier)]),
                ConstantOperand.Of("shift", [.. channels.Select(channel => channel.Shift)]),
            ],
            [node.Output]);
    }

    /// <summary>The call of a kernel of float elements.</summary>
    /// <param name="weights">In the order of ti_filter.h.</param>
    public KernelCall Float(string kernel, Node node, Operand weights, Activation activation)
    {
        var (min, max) = activation.RealBounds();
        return new KernelCall(kernel, [.. Fields, ("to.min", min), ("to.max", max)], [node.Input, weights, node.Inputs[2]], [node.Output]);
    }

    /// <summary>The types that layers of filters have in common; int16 has <see cref="CheckInt16"/> besides.</summary>
    public static void CheckTypes(Node node)
    {
        var (input, weights, bias, output) = (node.Inputs[0], node.Inputs[1], node.Inputs[2], node.Output);

        Require.OneOf(node, input, ElementType.S8, ElementType.S16, ElementType.F32);
        Require.NotHybrid(node, input, weights);
        if (input.Type == ElementType.S8)
        {
            Require.Types(node, ElementType.S8, weights, output);
            Require.Types(node, ElementType.S32, bias);
            Require.PerTensor(node, input, output);
        }
        else if (input.Type == ElementType.F32)
        {
            Require.Types(node, ElementType.F32, weights, bias, output);
        }
    }

    /// <summary>Limits that the int16 filters have besides those of their shapes.</summary>
    /// <param name="scales">Of the output channels, asked for when the tensors are known to have theirs.</param>
    public static void CheckInt16(Node node, ElementType[] biases, Func<IReadOnlyList<Requantization>> scales)
    {
        const int MostShift = 7;
        var (input, weights, bias, output) = (node.Inputs[0], node.Inputs[1], node.Inputs[2], node.Output);

        Require.Types(node, ElementType.S8, weights);
        Require.Types(node, ElementType.S16, output);
        Require.OneOf(node, bias, biases);
        Require.Constant(node, bias);
        Require.Symmetric(node, input, output);
        Require.That(scales().All(scale => scale.Shift <= MostShift), node, $"the output's scale {output.Quantization!.Scale} is too small for the inputs'", $"input scale * weights scale below 2^{MostShift} of it");
    }

    private static int[] Words(Value bias)
    {
        long[] numbers = bias.Type switch
        {
            ElementType.S16 => [.. bias.As<short>()],
            ElementType.S32 => [.. bias.As<int>()],
            _ => [.. bias.As<long>()],
        };
        return [.. numbers.SelectMany(number => new[] { unchecked((int)number), (int)(number >> 32) })];
    }
}
