// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Passes;
using TinyInfer.Compiler.Tflite;
using Xunit;
using static TinyInfer.Compiler.Tests.Passes.GraphBuilder;

namespace TinyInfer.Compiler.Tests.Passes;

/// <summary>
/// Tensors of <see cref="GraphBuilder"/> have zero point -4 and weights scale 1/100: a bias of -40 million holds a channel at the
/// least value of its activation.
/// </summary>
public sealed class EliminateChannelsTests
{
    private const int Down = -40_000_000;

    private readonly GraphBuilder _graph = new();
    private readonly Random _random = new(1);

    [Fact]
    public void A_channel_at_the_zero_point_goes_through_borders()
    {
        var x = _graph.Input(Tensor("x", 1, 4, 4, 2));
        var a = Conv(x, "a", Activation.Relu, Padding.SAME, 3, 0, Down, 0);
        var d = _graph.Add(
            Layers.Depthwise(Padding.SAME) with { Activation = Activation.Relu }, Tensor("d", 1, 4, 4, 3), a, Layers.Weights("v", _random, 1, 3, 3, 3), Bias("c", 0, 0, Down));
        var y = Conv(d, "y", Activation.None, Padding.SAME, 3, 0, 0);

        _graph.Check(
            new EliminateChannels(),
            """
            input  %x : s8[1,4,4,2]
            %a = conv_2d<same,relu>(%x, $wa, $ba) : s8[1,4,4,1]
            %d = depthwise_conv_2d<same,relu>(%a, $v, $c) : s8[1,4,4,1]
            %y = conv_2d<same>(%d, $wy, $by) : s8[1,4,4,2]
            output %y
            """,
            y);
    }

    [Theory]
    [InlineData(true, 2)] // a border would have to be -128
    [InlineData(false, 1)]
    public void Another_constant_goes_only_where_no_border_is_read(bool bordered, int left)
    {
        var padding = bordered ? Padding.SAME : Padding.VALID;
        var x = _graph.Input(Tensor("x", 1, 5, 5, 2));
        var a = Conv(x, "a", Activation.None, Padding.SAME, 3, Down, 0);
        var y = Conv(a, "y", Activation.None, padding, 3, 0, 0);

        Assert.Equal(left, Run(y).Nodes[0].Output.Shape[3]);
    }

    /// <summary>(-128 - -4) * weight is what the constant has contributed.</summary>
    [Fact]
    public void The_next_bias_takes_the_constant()
    {
        var x = _graph.Input(Tensor("x", 1, 1, 1, 1));
        var a = Conv(x, "a", Activation.None, Padding.VALID, 1, Down, 0);
        var y = Conv(a, "y", Activation.None, Padding.VALID, 1, 7);
        var weight = _graph.Build(y).Nodes[1].Inputs[1].As<sbyte>().ToArray();

        var layer = Run(y).Nodes[1];
        Assert.Equal([7 + (-124 * weight[0])], layer.Inputs[2].As<int>().ToArray());
        Assert.Equal([weight[1]], layer.Inputs[1].As<sbyte>().ToArray());
    }

    [Fact]
    public void Channels_that_only_zeros_read_go_with_what_feeds_them()
    {
        var x = _graph.Input(Tensor("x", 1, 4, 4, 2));
        var a = Conv(x, "a", Activation.None, Padding.SAME, 1, 0, 0, 0, 0);
        var b = Conv(a, "b", Activation.None, Padding.SAME, 1, 0, 0);
        var zeros = new Value("zeros", ElementType.S8, new Shape(1, 1, 1, 2)) { Quantization = new Quantization(0.01f, 0), Constant = new byte[] { 0, 5 } };
        var y = _graph.Add(Layers.Conv(Padding.SAME), Tensor("y", 1, 4, 4, 1), b, zeros, Bias("c", 0));

        var graph = Run(y);
        Assert.Equal([4, 1, 1], graph.Nodes.Select(node => node.Output.Shape[3]));
        Assert.Equal(new RemovedChannels(4, 2, Constant: 0, Unread: 1, Macs: 128, Bytes: 16), graph.Nodes[1].Removed);
    }

    [Fact]
    public void Sums_of_branches_keep_the_channels_that_one_of_them_needs()
    {
        var x = _graph.Input(Tensor("x", 1, 4, 4, 2));
        var a = Conv(x, "a", Activation.Relu, Padding.SAME, 1, Down, Down, 0);
        var b = Conv(x, "b", Activation.Relu, Padding.SAME, 1, Down, 0, Down);
        var sum = _graph.Add(new Add(Activation.None), Tensor("sum", 1, 4, 4, 3), a, b);
        var y = Conv(sum, "y", Activation.None, Padding.SAME, 1, 0);

        Assert.Equal([2, 2, 2, 1], Run(y).Nodes.Select(node => node.Output.Shape[3]));
    }

    [Fact]
    public void A_flattened_image_loses_a_channel_at_each_position()
    {
        var x = _graph.Input(Tensor("x", 1, 2, 2, 1));
        var a = Conv(x, "a", Activation.Relu, Padding.SAME, 1, 0, Down, 0);
        var flat = _graph.Add(new Reshape(), Tensor("flat", 1, 12), a);
        var y = _graph.Add(new FullyConnected(Activation.None), Tensor("y", 1, 2), flat, Layers.Weights("w", _random, 2, 12), Bias("b", 0, 0));

        var graph = Run(y);
        Assert.Equal(["[1,2,2,2]", "[1,8]", "[1,2]"], graph.Nodes.Select(node => node.Output.Shape.ToString()));
        Assert.Equal("[2,8]", graph.Nodes[2].Inputs[1].Shape.ToString());
    }

    [Fact]
    public void What_the_caller_sees_stays()
    {
        var x = _graph.Input(Tensor("x", 1, 4, 4, 2));
        var y = Conv(x, "y", Activation.Relu, Padding.SAME, 3, Down, 0);

        Assert.Equal(2, Run(y).Outputs[0].Shape[3]);
    }

    private Graph Run(Value output)
    {
        var graph = _graph.Build(output);
        new EliminateChannels().Run(graph);
        GraphVerifier.Verify(graph);
        return graph;
    }

    private Value Conv(Value x, string name, Activation activation, Padding padding, int filter, params int[] bias)
    {
        var size = padding == Padding.SAME ? x.Shape[1] : x.Shape[1] - filter + 1;
        return _graph.Add(
            Layers.Conv(padding) with { Activation = activation },
            Tensor(name, 1, size, size, bias.Length),
            x,
            Layers.Weights($"w{name}", _random, bias.Length, filter, filter, x.Shape[3]),
            Bias($"b{name}", bias));
    }

    private static Value Bias(string name, params int[] stored) => Value.OfIntegers(name, new Shape(stored.Length), stored);
}
