// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Passes;

/// <summary>
/// A convolution whose only window is the whole input is a fully connected layer, whose kernels do not look for neighbours. Streaming
/// networks consist of them.
/// <code>
///   %y = conv_2d&lt;valid&gt;(%x, $w, $b) : s8[1,1,1,8]       with %x : s8[1,5,1,4], $w : s8[8,5,1,4]
/// =>
///   %y = fully_connected(%x, $w, $b) : s8[1,1,1,8]       with $w : s8[8,20]
/// </code>
/// Exact: both add the same products. A fully connected layer with one scale for all weights would round it in another way than a convolution,
/// one with a scale a channel does not: so each channel gets the scale of all. Where there is but one and its multiplier differs, the convolution stays.
/// </summary>
internal sealed class WindowToDense : IPass
{
    public void Run(Graph graph)
    {
        foreach (var node in graph.Nodes.Where(node => node.Op is Conv2D).ToList())
        {
            var (op, weights) = ((Conv2D)node.Op, node.Inputs[1]);
            if (IsWhole(op, node.Input.Shape, weights.Shape, node.Output.Shape)
                && node.Input.Type == ElementType.S8
                && weights.IsConstant
                && Dense(weights) is var matrix
                && SameScales(node, matrix))
            {
                graph.Replace([node], node.With(op: new FullyConnected(op.Activation), inputs: [node.Input, matrix, node.Inputs[2]]));
            }
        }
    }

    private static bool IsWhole(Conv2D op, Shape input, Shape weights, Shape output) =>
        op.Border == default
        && output[1] == 1 && output[2] == 1
        && weights.Dimensions.Skip(1).SequenceEqual(input.Dimensions.Skip(1))
        && (op.Dilation.Height == 1 || weights[1] == 1) && (op.Dilation.Width == 1 || weights[2] == 1);

    private static Value Dense(Value weights)
    {
        var (channels, quantization) = (weights.Shape[0], weights.Quantization!);
        return new Value(weights.Name, weights.Type, new Shape(channels, weights.Shape.Count / channels))
        {
            Quantization = quantization.IsPerTensor
                ? new Quantization([.. Enumerable.Repeat(quantization.Scale, channels)], [.. Enumerable.Repeat(quantization.ZeroPoint, channels)], Axis: 0)
                : quantization,
            Constant = weights.Constant,
        };
    }

    private static bool SameScales(Node node, Value matrix) =>
        ChannelScales.Requantizations(node.Input, node.Inputs[1], node.Output, matrix.Shape[0])
            .SequenceEqual(ChannelScales.RequantizationsOfProduct(node.Input, matrix, node.Output, matrix.Shape[0]));
}
