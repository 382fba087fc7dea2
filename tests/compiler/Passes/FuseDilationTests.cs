// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Passes;
using TinyInfer.Compiler.Tflite;
using Xunit;
using static TinyInfer.Compiler.Tests.Passes.GraphBuilder;

namespace TinyInfer.Compiler.Tests.Passes;

public sealed class FuseDilationTests
{
    [Fact]
    public void A_convolution_of_interleaved_images_is_a_dilated_one()
    {
        var (graph, random) = (new GraphBuilder(), new Random(1));
        var x = graph.Input(Tensor("x", 1, 1, 7, 2));
        var s = graph.Add(new SpaceToBatchNd(new BatchBlocks(1, 2, 0, 0, 2, 3)), Tensor("s", 2, 1, 6, 2), x);
        var a = graph.Add(Layers.Conv(Padding.VALID), Tensor("a", 2, 1, 4, 3), s, Layers.Weights("w", random, 3, 1, 3, 2), Layers.Bias("b", random, 3));
        var y = graph.Add(new BatchToSpaceNd(new BatchBlocks(1, 2, 0, 0, 0, 1)), Tensor("y", 1, 1, 7, 3), a);

        graph.Check(
            new FuseDilation(),
            """
            input  %x : s8[1,1,7,2]
            %y = conv_2d<valid,dilation=1x2,border=0:0,2:2>(%x, $w, $b) : s8[1,1,7,3]
            output %y
            """,
            y);
    }
}
