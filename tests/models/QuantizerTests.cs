// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;
using TinyInfer.Quantizer;
using TinyInfer.Quantizer.Float;
using TinyInfer.Quantizer.Integer;
using Xunit;
using Conv2D = TinyInfer.Quantizer.Float.Conv2D;
using Softmax = TinyInfer.Quantizer.Float.Softmax;

namespace TinyInfer.Models.Tests;

/// <summary>Folding and post-training quantization on networks small enough to compute by hand.</summary>
public sealed class QuantizerTests
{
    private static readonly QuantizedValue Input = new("x", [1, 1, 2, 1], 0.5f, 0);
    private static readonly Window Point = new(1, 1, 1, 1, Same: false);

    // y = max(0, (x * w) * gamma / sqrt(variance) + beta) with w = 2, gamma = 3, variance = 4, beta = 1, mean = 0: 3x + 1.
    private static readonly Network Chain = Made(
        new Conv2D("a", ["input"], Point, new Tensor([1, 1, 1, 1], [2]), [0], Activation.None),
        BatchNorm.From("b", ["a"], [3], [1], [0], [4], 0),
        new Relu("c", ["b"]));

    [Fact]
    public void Folding_leaves_one_layer_with_the_same_values()
    {
        var folded = Folding.Run(Chain);

        var layer = Assert.IsType<Conv2D>(Assert.Single(folded.Layers));
        Assert.Equal((3f, 1f, Activation.Relu), (layer.Weights.Values[0], layer.Bias[0], layer.Activation));
        Assert.Equal([7f, 0f], folded.Run([2, -2])["c"].Values);
    }

    [Fact]
    public void Folding_keeps_a_layer_that_another_one_reads()
    {
        var network = Chain with { Layers = [.. Chain.Layers, new Quantizer.Float.Add("d", ["a", "c"], Activation.None)] };

        Assert.Equal(["a", "b", "c", "d"], Folding.Run(network).Layers.Select(layer => layer.Name));
    }

    [Fact]
    public void Ranges_give_scale_and_zero_point()
    {
        // The output of 3x + 1 behind ReLU over x in {-2, 24.5}: 0 to 74.5.
        var integer = NetworkQuantizer.Run(Folding.Run(Chain), [[-2, 24.5f]]);

        Assert.Equal((74.5f / 255, -128), (integer.Output.Scale, integer.Output.ZeroPoint));
        Assert.Equal([-128, 127], integer.Run([-4, 49], Rules.Micro));
    }

    [Fact]
    public void A_percentile_leaves_the_most_extreme_samples_out()
    {
        float[][] samples = [.. Enumerable.Range(1, 10).Select(k => new float[] { k, k })];

        var integer = NetworkQuantizer.Run(Folding.Run(Chain) with { Percentile = 90 }, samples);

        Assert.Equal(28f / 255, integer.Output.Scale);
    }

    [Fact]
    public void A_lone_batch_norm_is_refused_in_a_sentence()
    {
        var network = Made(BatchNorm.From("norm", ["input"], [1], [0], [0], [1], 0));

        var error = Assert.Throws<QuantizerException>(() => NetworkQuantizer.Run(Folding.Run(network), [[1, 2]]));

        Assert.Equal("layer 'norm': batch_norm is supported only right after conv_2d or depthwise_conv_2d", error.Message);
    }

    [Fact]
    public void Softmax_has_the_quantization_that_tensorflow_lite_fixes()
    {
        var integer = NetworkQuantizer.Run(Made(new Softmax("p", ["input"])), [[1, 2]]);

        Assert.Equal((1f / 256, -128), (integer.Output.Scale, integer.Output.ZeroPoint));
    }

    [Fact]
    public void Float_edges_add_quantize_and_dequantize()
    {
        var integer = NetworkQuantizer.Run(Folding.Run(Chain), [[-2, 24.5f]]);

        var graph = TfliteReader.Read(ModelBuilder.Build(integer, floatEdges: true)).Subgraphs[0];

        Assert.Equal([BuiltinOperator.QUANTIZE, BuiltinOperator.CONV_2D, BuiltinOperator.DEQUANTIZE], graph.Operators.Select(op => op.Code));
        Assert.Equal(TensorType.FLOAT32, graph.Tensors[graph.Inputs[0]].Type);
        Assert.Equal(TensorType.FLOAT32, graph.Tensors[graph.Outputs[0]].Type);
    }

    [Fact]
    public void A_graph_that_lacks_a_property_is_refused_in_a_sentence()
    {
        var folder = Directory.CreateTempSubdirectory("quantizer").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "graph.json"), "{}");
            File.WriteAllBytes(Path.Combine(folder, "weights.bin"), []);

            var error = Assert.Throws<QuantizerException>(() => GraphReader.Read(folder));

            Assert.StartsWith($"'{Path.Combine(folder, "graph.json")}' is not a graph as models/README.md describes it", error.Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Network Made(params Layer[] layers) => new("test", "", [], Input, 100, layers);
}
