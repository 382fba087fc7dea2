// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Passes;
using TinyInfer.Compiler.Tflite;
using Xunit;
using static TinyInfer.Compiler.Tests.Passes.GraphBuilder;

namespace TinyInfer.Compiler.Tests.Passes;

public sealed class FuseActivationTests
{
    private readonly GraphBuilder _graph = new();
    private readonly Random _random = new(1);

    // Scale 1/4 and zero point -4: the real 0 is stored as -4, 6 as 20, -1 as -8, 1 as 0.
    [Theory]
    [InlineData(-4, 127, "relu")]
    [InlineData(-4, 20, "relu6")]
    [InlineData(-8, 0, "relun1to1")]
    public void A_clamp_moves_into_the_convolution(int low, int high, string name)
    {
        var x = _graph.Input(Tensor("x", 1, 2, 2, 1));
        var a = _graph.Add(Layers.Conv(Padding.SAME), Tensor("a", 1, 2, 2, 1), x, Layers.Weights("w", _random, 1, 3, 3, 1), Layers.Bias("b", _random, 1));
        var y = _graph.Add(new ClampTable(low, high), Tensor("y", 1, 2, 2, 1), a);

        _graph.Check(
            new FuseActivation(),
            $"""
            input  %x : s8[1,2,2,1]
            %y = conv_2d<same,{name}>(%x, $w, $b) : s8[1,2,2,1]
            output %y
            """,
            y);
    }

    [Fact]
    public void A_second_clamp_is_taken_with_the_first()
    {
        var x = _graph.Input(Tensor("x", 4));
        var a = _graph.Add(new Add(Activation.Relu), Tensor("a", 4), x, x);
        var y = _graph.Add(new ClampTable(-100, 20), Tensor("y", 4), a);
        var graph = _graph.Build(y);

        new FuseActivation().Run(graph);

        Assert.Equal(Activation.Relu6, Assert.IsType<Add>(Assert.Single(graph.Nodes).Op).Activation);
    }

    [Fact]
    public void Other_tables_scales_and_readers_stay()
    {
        var x = _graph.Input(Tensor("x", 4));
        var a = _graph.Add(new Add(Activation.None), Tensor("a", 4), x, x);
        var halved = _graph.Add(new ClampTable(-4, 127), Tensor("h", new Quantization(0.5f, -4), 4), a);
        var b = _graph.Add(new Add(Activation.None), Tensor("b", 4), x, x);
        var odd = _graph.Add(new ClampTable(-3, 127), Tensor("o", 4), b);
        var c = _graph.Add(new Add(Activation.None), Tensor("c", 4), x, x);
        var clamped = _graph.Add(new ClampTable(-4, 127), Tensor("k", 4), c);
        var graph = _graph.Build(halved, odd, clamped, c);

        new FuseActivation().Run(graph);

        Assert.Equal(6, graph.Nodes.Count);
    }
}
