// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// output[b, y, x, o] = activation(bias[o] + sum over ky, kx, i of input[b, y * stride + ky * dilation, ..kx.., i] * weights[o, ky, kx, i]).
/// When the weights have fewer channels than the input, outputs are split into groups that each read their own channels.
/// </summary>
internal sealed record Conv2D(
    Padding Padding, (int Height, int Width) Stride, (int Height, int Width) Dilation, Activation Activation) : Op
{
    public override string Name => "conv_2d";

    /// <summary>Zeros around the input, besides those of Padding. The file has none: they come from PAD.</summary>
    public Border Border { get; init; }

    public static void Import(ImportContext context)
    {
        var options = context.Options<Conv2DOptions>();
        var (input, weights) = (context.Input(0), context.Input(1));
        var bias = context.OptionalInput(2) ?? context.ZeroBias(input, weights.Shape.Rank > 0 ? weights.Shape[0] : 0, options.QuantizedBiasType);
        var op = new Conv2D(
            options.Padding, (options.StrideH, options.StrideW), (options.DilationH, options.DilationW), context.Activation(options.Activation));

        context.Add(op, [input, weights, bias], [context.Output(0)]);
    }

    public override void Check(Node node)
    {
        var (input, weights, bias, output) = (node.Inputs[0], node.Inputs[1], node.Inputs[2], node.Output);

        FilterShape.CheckTypes(node);

        Require.Filled(node, input, weights, output);
        Require.That(
            input.Shape.Rank == 4 && weights.Shape.Rank == 4 && output.Shape.Rank == 4,
            node,
            $"input {input.Shape}, weights {weights.Shape}, output {output.Shape}",
            "four dimensions each");
        if (input.Type != ElementType.F32)
        {
            Require.Weights(node, weights, axis: 0);
        }

        var (inDepth, filterDepth, outDepth) = (input.Shape[3], weights.Shape[3], weights.Shape[0]);
        Require.That(
            inDepth % filterDepth == 0 && outDepth % (inDepth / filterDepth) == 0,
            node,
            $"{inDepth} input channels, {filterDepth} channels of weights, {outDepth} outputs",
            "whole groups: input channels a multiple of the weights', outputs a multiple of the groups");
        Require.That(
            output.Shape[0] == input.Shape[0] && output.Shape[3] == outDepth && bias.Shape.Count == outDepth,
            node,
            $"input {input.Shape}, weights {weights.Shape}, bias {bias.Shape} and output {output.Shape} do not fit together",
            "input [b, h, w, i], weights [o, kh, kw, k], bias [o], output [b, y, x, o]");

        var (rows, columns) = Windows(node);
        rows.Check(node, "height");
        columns.Check(node, "width");
        if (input.Type == ElementType.S16)
        {
            FilterShape.CheckInt16(node, [ElementType.S32, ElementType.S64], () => ChannelScales.Requantizations(input, weights, output, outDepth));
        }
    }

    /// <summary>How the weights move along rows and columns.</summary>
    public (Window Rows, Window Columns) Windows(Node node) =>
        Window.Of(node.Input, node.Output, (node.Inputs[1].Shape[1], node.Inputs[1].Shape[2]), Stride, Dilation, Padding, Border);

    public override long Macs(Node node) => (long)node.Output.Shape.Count * node.Inputs[1].Shape.Count / node.Inputs[1].Shape[0];

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var (input, weights, bias) = (node.Inputs[0], node.Inputs[1], node.Inputs[2]);
        var (rows, columns) = Windows(node);
        var shape = new FilterShape(input.Shape[0], rows, columns, input.Shape[3], weights.Shape[3], weights.Shape[0]);
        if (input.Type == ElementType.F32)
        {
            return [shape.Float("conv_2d_f32", node, weights, Activation)];
        }

        if (input.Type == ElementType.S16)
        {
            return [shape.Int16("conv_2d_s16", node, weights, ChannelScales.Requantizations(input, weights, node.Output, weights.Shape[0]), Activation)];
        }

        var (min, max) = Activation.Bounds(node.Output);

        return
        [
            new KernelCall(
                "conv_2d_s8",
                [
                    ("batch", input.Shape[0]),
                    .. rows.Fields("rows"),
                    .. columns.Fields("columns"),
                    ("in_depth", input.Shape[3]),
                    ("filter_depth", weights.Shape[3]),
                    ("out_depth", weights.Shape[0]),
                    ("input_zero_point", input.Quantization!.ZeroPoint),
                    ("zero_point", node.Output.Quantization!.ZeroPoint),
                    ("min", min),
                    ("max", max),
                ],
                [input, weights, bias, .. ChannelScales.Of(input, weights, node.Output, weights.Shape[0])],
                [node.Output]),
        ];
    }

    protected override string Attributes => Window.Text(Padding, Stride, Dilation, Border, Activation);
}
