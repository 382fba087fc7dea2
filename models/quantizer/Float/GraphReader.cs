// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Text.Json;
using TinyInfer.Quantizer.Integer;

namespace TinyInfer.Quantizer.Float;

/// <summary>Reads graph.json and weights.bin; <c>models/README.md</c> has the format.</summary>
internal sealed class GraphReader
{
    private readonly byte[] _weights;

    private GraphReader(byte[] weights) => _weights = weights;

    public static Network Read(string directory)
    {
        var file = Path.Combine(directory, "graph.json");
        if (!File.Exists(file))
        {
            throw new QuantizerException($"no trained network at '{file}'");
        }

        try
        {
            return Parse(file, directory);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            throw new QuantizerException($"'{file}' is not a graph as models/README.md describes it: {exception.Message}");
        }
    }

    private static Network Parse(string file, string directory)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        var (root, reader) = (document.RootElement, new GraphReader(File.ReadAllBytes(Path.Combine(directory, "weights.bin"))));
        var input = root.GetProperty("input");

        return new Network(
            root.GetProperty("name").GetString()!,
            root.GetProperty("description").GetString()!,
            Strings(root.GetProperty("labels")),
            new QuantizedValue(
                input.GetProperty("name").GetString()!,
                Ints(input.GetProperty("shape")),
                input.GetProperty("scale").GetSingle(),
                input.GetProperty("zero_point").GetInt32()),
            root.GetProperty("percentile").GetDouble(),
            [.. root.GetProperty("layers").EnumerateArray().Select(reader.Layer)]);
    }

    private static string[] Strings(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];

    private static int[] Ints(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetInt32())];

    private static Window Window(JsonElement layer)
    {
        var (kernel, stride) = (Ints(layer.GetProperty("kernel")), Ints(layer.GetProperty("stride")));
        return new Window(kernel[0], kernel[1], stride[0], stride[1], layer.GetProperty("padding").GetString() == "same");
    }

    private Layer Layer(JsonElement layer)
    {
        var name = layer.GetProperty("name").GetString()!;
        var kind = layer.GetProperty("kind").GetString()!;
        var inputs = Strings(layer.GetProperty("inputs"));

        switch (kind)
        {
            case "conv_2d":
                var conv = Tensor(layer, "weights");
                return new Conv2D(name, inputs, Window(layer), conv, new float[conv.Shape[0]], Activation.None);
            case "depthwise_conv_2d":
                var depthwise = Tensor(layer, "weights");
                return new DepthwiseConv2D(name, inputs, Window(layer), depthwise, new float[depthwise.Shape[3]], Activation.None);
            case "fully_connected":
                return new FullyConnected(name, inputs, Tensor(layer, "weights"), Tensor(layer, "bias").Values, Activation.None);
            case "batch_norm":
                var (gamma, beta) = (Tensor(layer, "gamma").Values, Tensor(layer, "beta").Values);
                var (mean, variance) = (Tensor(layer, "mean").Values, Tensor(layer, "variance").Values);
                return BatchNorm.From(name, inputs, gamma, beta, mean, variance, layer.GetProperty("epsilon").GetSingle());
            case "binary_conv_2d":
                return BinaryConv2D.From(name, inputs, Window(layer), Tensor(layer, "weights"));
            case "sign":
                return new Sign(name, inputs);
            case "relu":
                return new Relu(name, inputs);
            case "max_pool_2d":
                return new Pool2D(name, inputs, Window(layer), PoolKind.Max);
            case "average_pool_2d":
                return new Pool2D(name, inputs, Window(layer), PoolKind.Average);
            case "add":
                return new Add(name, inputs, Activation.None);
            case "flatten":
                return new Reshape(name, inputs);
            case "gate":
                return new Gate(name, inputs, layer.GetProperty("threshold").GetSingle());
            case "softmax":
                return new Softmax(name, inputs);
            default:
                throw new QuantizerException($"layer '{name}': kind '{kind}' is not supported");
        }
    }

    private Tensor Tensor(JsonElement layer, string name)
    {
        var place = layer.GetProperty(name);
        var shape = Ints(place.GetProperty("shape"));
        var count = shape.Aggregate(1, (product, size) => product * size);
        var bytes = _weights.AsSpan(place.GetProperty("offset").GetInt32(), count * sizeof(float));
        return new Tensor(shape, MemoryMarshal.Cast<byte, float>(bytes).ToArray());
    }
}
