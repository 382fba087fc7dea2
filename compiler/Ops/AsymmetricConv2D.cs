// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// A convolution whose weights have one scale and a zero point: what models of uint8 have. Its weights are those of a convolution
/// in groups, [o, kh, kw, i], whichever operator it comes from. No .tflite operator is imported as one.
/// </summary>
internal sealed record AsymmetricConv2D(
    Padding Padding, (int Height, int Width) Stride, (int Height, int Width) Dilation, Activation Activation) : Op
{
    public override string Name => "conv_2d";

    protected override string Attributes => $"asymmetric,{Window.Text(Padding, Stride, Dilation, default, Activation)}";

    public override void Check(Node node)
    {
        var (input, weights, bias, output) = (node.Inputs[0], node.Inputs[1], node.Inputs[2], node.Output);

        Require.Types(node, ElementType.S8, input, weights, output);
        Require.Types(node, ElementType.S32, bias);
        Require.PerTensor(node, input, weights, output);
        Require.Filled(node, input, weights, output);
        Require.That(
            input.Shape.Rank == 4 && weights.Shape.Rank == 4 && output.Shape.Rank == 4 && input.Shape[3] % weights.Shape[3] == 0
                && weights.Shape[0] % (input.Shape[3] / weights.Shape[3]) == 0 && output.Shape[0] == input.Shape[0]
                && output.Shape[3] == weights.Shape[0] && bias.Shape.Count == weights.Shape[0],
            node,
            $"input {input.Shape}, weights {weights.Shape}, bias {bias.Shape} and output {output.Shape} do not fit together",
            "input [b, h, w, i], weights [o, kh, kw, i / groups], bias [o], output [b, y, x, o]");

        var (rows, columns) = Windows(node);
        rows.Check(node, "height");
        columns.Check(node, "width");
    }

    public override long Macs(Node node) => (long)node.Output.Shape.Count * (node.Inputs[1].Shape.Count / node.Inputs[1].Shape[0]);

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var (input, weights) = (node.Inputs[0], node.Inputs[1]);
        var (rows, columns) = Windows(node);
        var (multiplier, shift) = ChannelScales.RequantizationsOfProduct(input, weights, node.Output, 1)[0];
        var (min, max) = Activation.Bounds(node.Output);
        return
        [
            new KernelCall(
                "conv_2d_asymmetric_s8",
                [
                    .. new FilterShape(input.Shape[0], rows, columns, input.Shape[3], weights.Shape[3], weights.Shape[0]).Fields,
                    ("input_zero_point", input.Quantization!.ZeroPoint),
                    ("weights_zero_point", weights.Quantization!.ZeroPoint),
                    ("zero_point", node.Output.Quantization!.ZeroPoint),
                    ("multiplier", multiplier),
                    ("shift", shift),
                    ("min", min),
                    ("max", max),
                ],
                [input, weights, node.Inputs[2]],
                [node.Output]),
        ];
    }

    private (Window Rows, Window Columns) Windows(Node node) =>
        Window.Of(node.Input, node.Output, (node.Inputs[1].Shape[1], node.Inputs[1].Shape[2]), Stride, Dilation, Padding);
}
