// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// Each input pixel adds input * weights[o, ky, kx] to the output pixels at its place * stride - padding + (ky, kx); then comes the
/// bias. Padding is that of the convolution from the output's size to the input's.
/// </summary>
internal sealed record TransposeConv(Padding Padding, (int Height, int Width) Stride, Activation Activation) : Op
{
    public override string Name => "transpose_conv";

    // Input 0 is the shape of the output, which its tensor has anyway.
    public static void Import(ImportContext context)
    {
        var options = context.Options<TransposeConvOptions>();
        var (weights, input) = (context.Input(1), context.Input(2));
        var op = new TransposeConv(options.Padding, (options.StrideH, options.StrideW), context.Activation(options.Activation));
        var bias = context.OptionalInput(3) ?? context.ZeroBias(input, weights.Shape.Rank > 0 ? weights.Shape[0] : 0);

        context.Add(op, [input, weights, bias], [context.Output(0)]);
    }

    public override void Check(Node node)
    {
        var (input, weights, bias, output) = (node.Inputs[0], node.Inputs[1], node.Inputs[2], node.Output);

        FilterShape.CheckTypes(node);

        Require.Filled(node, input, weights, output);
        Require.That(
            input.Shape.Rank == 4 && weights.Shape.Rank == 4 && output.Shape.Rank == 4
                && input.Shape[3] == weights.Shape[3] && output.Shape[0] == input.Shape[0] && output.Shape[3] == weights.Shape[0] && bias.Shape.Count == weights.Shape[0],
            node,
            $"input {input.Shape}, weights {weights.Shape}, bias {bias.Shape} and output {output.Shape} do not fit together",
            "input [b, h, w, i], weights [o, kh, kw, i], bias [o], output [b, y, x, o]");
        if (input.Type != ElementType.F32)
        {
            Require.Weights(node, weights, axis: 0);
        }

        var (rows, columns) = Forward(node);
        rows.Check(node, "height");
        columns.Check(node, "width");
        if (input.Type == ElementType.S16)
        {
            FilterShape.CheckInt16(node, [ElementType.S16, ElementType.S64], () => ChannelScales.Requantizations(input, weights, output, weights.Shape[0]));
        }
    }

    public override long Macs(Node node) => (long)node.Input.Shape.Count * node.Inputs[1].Shape.Count / node.Inputs[1].Shape[3];

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var (input, weights, bias) = (node.Inputs[0], node.Inputs[1], node.Inputs[2]);
        var (rows, columns) = Forward(node);
        var shape = new FilterShape(input.Shape[0], rows.Transposed, columns.Transposed, input.Shape[3], input.Shape[3], weights.Shape[0]);
        if (input.Type == ElementType.F32)
        {
            return [shape.Float("transpose_conv_f32", node, weights, Activation)];
        }

        if (input.Type == ElementType.S16)
        {
            return [shape.Int16("transpose_conv_s16", node, weights, ChannelScales.Requantizations(input, weights, node.Output, weights.Shape[0]), Activation)];
        }

        var (min, max) = Activation.Bounds(node.Output);
        return
        [
            new KernelCall(
                "transpose_conv_s8",
                [
                    .. shape.Fields,
                    ("input_zero_point", input.Quantization!.ZeroPoint),
                    ("zero_point", node.Output.Quantization!.ZeroPoint),
                    ("min", min),
                    ("max", max),
                ],
                [input, weights, bias, .. ChannelScales.Of(input, weights, node.Output, weights.Shape[0])],
                [node.Output]),
        ];
    }

    protected override string Attributes => Window.Text(Padding, Stride, (1, 1), default, Activation);

    /// <summary>The windows of the convolution that this one transposes: from the output to the input.</summary>
    private (Window Rows, Window Columns) Forward(Node node) =>
        Window.Of(node.Output, node.Input, (node.Inputs[1].Shape[1], node.Inputs[1].Shape[2]), Stride, (1, 1), Padding);
}
