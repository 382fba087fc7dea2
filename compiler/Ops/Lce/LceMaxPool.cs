// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops.Lce;

/// <summary>The largest of +-1 under a window, on packed bits: LceBMaxPool2d.</summary>
internal sealed record LceMaxPool(Padding Padding, (int Height, int Width) Stride, (int Height, int Width) Filter) : Op
{
    public override string Name => "lce_bmax_pool_2d";

    public static void Import(ImportContext context)
    {
        var options = context.CustomOptions();
        var op = new LceMaxPool(
            LceConvolution.PaddingOf(options, context.Origin),
            (options.Int("stride_height"), options.Int("stride_width")),
            (options.Int("filter_height"), options.Int("filter_width")));

        context.Add(op, [context.Input(0)], [context.Output(0)]);
    }

    protected override string Attributes => Window.Text(Padding, Stride, (1, 1), default, Activation.None);

    public override void Check(Node node)
    {
        var (input, output) = (node.Input, node.Output);
        Require.Types(node, ElementType.S32, input, output);
        Require.Filled(node, input, output);
        Require.That(
            input.Shape.Rank == 4 && output.Shape.Rank == 4 && input.Shape[0] == output.Shape[0] && input.Shape[3] == output.Shape[3],
            node,
            $"input {input.Shape} and output {output.Shape} do not fit together",
            "input [b, h, w, words], output [b, y, x, words]");

        var (rows, columns) = Windows(node);
        rows.Check(node, "height");
        columns.Check(node, "width");
    }

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var (rows, columns) = Windows(node);
        return
        [
            new KernelCall(
                "lce_bmax_pool_2d",
                [
                    ("shape.batch", node.Input.Shape[0]),
                    .. rows.Fields("shape.rows"),
                    .. columns.Fields("shape.columns"),
                    ("shape.depth", node.Input.Shape[3]),
                ],
                [node.Input],
                [node.Output]),
        ];
    }

    private (Window Rows, Window Columns) Windows(Node node) => Window.Of(node.Input, node.Output, Filter, Stride, (1, 1), Padding);
}
