// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Passes;
using TinyInfer.Compiler.Tflite;
using Xunit;
using static TinyInfer.Compiler.Tests.Passes.GraphBuilder;

namespace TinyInfer.Compiler.Tests.Passes;

public sealed class FusePadTests
{
    private readonly GraphBuilder _graph = new();
    private readonly Random _random = new(1);

    [Fact]
    public void A_border_of_zero_points_moves_into_every_convolution_that_reads_it()
    {
        var x = _graph.Input(Tensor("x", 1, 4, 4, 2));
        var p = _graph.Add(Layers.Border(0, 1, 1, 2, -4), Tensor("p", 1, 5, 7, 2), x);
        var y = _graph.Add(Layers.Conv(Padding.VALID, 2), Tensor("y", 1, 2, 3, 1), p, Layers.Weights("w", _random, 1, 3, 3, 2), Layers.Bias("b", _random, 1));
        var z = _graph.Add(Layers.Depthwise(Padding.SAME), Tensor("z", 1, 5, 7, 2), p, Layers.Weights("v", _random, 1, 3, 3, 2), Layers.Bias("c", _random, 2));

        _graph.Check(
            new FusePad(),
            """
            input  %x : s8[1,4,4,2]
            %y = conv_2d<valid,stride=2x2,border=0:1,1:2>(%x, $w, $b) : s8[1,2,3,1]
            %z = depthwise_conv_2d<same,border=0:1,1:2>(%x, $v, $c) : s8[1,5,7,2]
            output %y
            output %z
            """,
            y, z);
    }

    [Theory]
    [InlineData(0, 1)] // not the zero point
    [InlineData(-4, 2)] // read by something else too
    public void Other_borders_stay(sbyte stored, int outputs)
    {
        var x = _graph.Input(Tensor("x", 1, 4, 4, 1));
        var p = _graph.Add(Layers.Border(1, 1, 1, 1, stored), Tensor("p", 1, 6, 6, 1), x);
        var y = _graph.Add(Layers.Conv(Padding.VALID), Tensor("y", 1, 4, 4, 1), p, Layers.Weights("w", _random, 1, 3, 3, 1), Layers.Bias("b", _random, 1));

        var graph = _graph.Build([.. new[] { y, p }.Take(outputs)]);
        new FusePad().Run(graph);
        Assert.Equal(["pad", "conv_2d"], graph.Nodes.Select(node => node.Op.Name));
    }
}
