// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Passes;
using TinyInfer.Compiler.Tflite;
using Xunit;
using static TinyInfer.Compiler.Tests.Passes.GraphBuilder;

namespace TinyInfer.Compiler.Tests.Passes;

public sealed class WindowToDenseTests
{
    private readonly GraphBuilder _graph = new();

    [Fact]
    public void A_window_that_is_the_whole_input_becomes_dense()
    {
        Check(
            [1, 5, 1, 4],
            [8, 5, 1, 4],
            Padding.VALID,
            """
            input  %x : s8[1,5,1,4]
            %y = fully_connected(%x, $w, $b) : s8[1,1,1,8]
            output %y
            """);
    }

    [Fact]
    public void One_pixel_becomes_dense_whatever_the_padding()
    {
        Check(
            [2, 1, 1, 4],
            [8, 1, 1, 4],
            Padding.SAME,
            """
            input  %x : s8[2,1,1,4]
            %y = fully_connected(%x, $w, $b) : s8[2,1,1,8]
            output %y
            """);
    }

    [Fact]
    public void A_window_that_leaves_rows_out_stays()
    {
        Check(
            [1, 6, 1, 4],
            [8, 4, 1, 4],
            Padding.VALID,
            """
            input  %x : s8[1,6,1,4]
            %y = conv_2d<valid,stride=3x3,relu>(%x, $w, $b) : s8[1,1,1,8]
            output %y
            """);
    }

    /// <summary>0.1f * 0.3f rounds up as a float: the quotient of doubles is another number.</summary>
    [Fact]
    public void One_scale_for_all_weights_becomes_that_of_each_channel()
    {
        Check(
            [1, 1, 1, 4],
            [8, 1, 1, 4],
            Padding.VALID,
            """
            input  %x : s8[1,1,1,4]
            %y = fully_connected(%x, $w, $b) : s8[1,1,1,8]
            output %y
            """,
            inputScale: 0.1f,
            weightScale: 0.3f);
    }

    [Fact]
    public void A_single_multiplier_that_would_differ_keeps_the_convolution()
    {
        Check(
            [1, 1, 1, 4],
            [1, 1, 1, 4],
            Padding.VALID,
            """
            input  %x : s8[1,1,1,4]
            %y = conv_2d<valid,stride=3x3,relu>(%x, $w, $b) : s8[1,1,1,1]
            output %y
            """,
            inputScale: 0.1f,
            weightScale: 0.3f);
    }

    private void Check(int[] input, int[] weights, Padding padding, string expected, float inputScale = 0.25f, float weightScale = 0.5f)
    {
        var x = _graph.Input(Tensor("x", new Quantization(inputScale, 3), input));
        var w = new Value("w", ElementType.S8, new Shape(weights))
        {
            Constant = new byte[new Shape(weights).Count],
            Quantization = new Quantization(weightScale, 0),
        };
        var b = Value.OfIntegers("b", new Shape(weights[0]), new int[weights[0]]);
        var y = _graph.Add(new Conv2D(padding, (3, 3), (1, 1), Activation.Relu), Tensor("y", input[0], 1, 1, weights[0]), x, w, b);

        _graph.Check(new WindowToDense(), expected, y);
    }
}
