// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Passes;

/// <summary>
/// TensorFlow writes a dilated convolution as a convolution of interleaved images; the kernels here dilate themselves.
/// <code>
///   %s = space_to_batch_nd&lt;1x2,0:0:4:4&gt;(%x)
///   %a = conv_2d&lt;valid&gt;(%s, $w, $b)
///   %y = batch_to_space_nd&lt;1x2&gt;(%a)
/// =>
///   %y = conv_2d&lt;valid,dilation=1x2,border=0:0,4:4&gt;(%x, $w, $b)
/// </code>
/// Exact: each of the interleaved images holds every second position of the padded one, so its neighbours are the taps of the
/// dilated window, and the padding is the zero point (see <see cref="FusePad"/>).
/// </summary>
internal sealed class FuseDilation : IPass
{
    public void Run(Graph graph)
    {
        foreach (var join in graph.Nodes.Where(node => node.Op is BatchToSpaceNd).ToList())
        {
            if (graph.ProducerOf(join.Input) is { } conv
                && graph.OnlyReaderOf(conv.Output) == join
                && graph.ProducerOf(conv.Input) is { Op: SpaceToBatchNd } cut
                && graph.OnlyReaderOf(cut.Output) == conv
                && Keeps(cut)
                && Keeps(join)
                && Dilated(conv.Op, ((SpaceToBatchNd)cut.Op).Blocks, ((BatchToSpaceNd)join.Op).Blocks) is { } op)
            {
                graph.Replace([cut, conv, join], conv.With(op: op, inputs: [cut.Input, .. conv.Inputs.Skip(1)], outputs: [join.Output]));
            }
        }
    }

    private static bool Keeps(Node node) =>
        node.Input is { Type: ElementType.S8, Shape.Rank: 4, Quantization: { IsPerTensor: true } quantization } && quantization.SameAs(node.Output.Quantization);

    private static Op? Dilated(Op conv, BatchBlocks before, BatchBlocks after)
    {
        var dilation = (before.Height, before.Width);
        var border = new Border(before.Top - after.Top, before.Bottom - after.Bottom, before.Left - after.Left, before.Right - after.Right);
        var fits = dilation == (after.Height, after.Width)
            && border is { Top: >= 0, Bottom: >= 0, Left: >= 0, Right: >= 0 };

        return conv switch
        {
            Conv2D { Padding: Padding.VALID, Stride: (1, 1), Dilation: (1, 1) } op when fits && op.Border == default => op with { Dilation = dilation, Border = border },
            DepthwiseConv2D { Padding: Padding.VALID, Stride: (1, 1), Dilation: (1, 1) } op when fits && op.Border == default => op with { Dilation = dilation, Border = border },
            _ => null,
        };
    }
}
