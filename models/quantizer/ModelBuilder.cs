// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using TinyInfer.Compiler.Tflite;
using TinyInfer.Quantizer.Float;
using TinyInfer.Quantizer.Integer;
using BinaryConv2D = TinyInfer.Quantizer.Integer.BinaryConv2D;

namespace TinyInfer.Quantizer;

/// <summary>Spells an integer network as a .tflite file; layers hand over names and numbers.</summary>
internal sealed class ModelBuilder
{
    private readonly TfliteModelBuilder _model = new();
    private readonly Dictionary<string, int> _tensors = [];
    private IReadOnlyList<IntegerLayer> _gated = [];

    /// <summary>
    /// Returns the file. With <paramref name="floatEdges"/> the model takes and returns float32, through a QUANTIZE and a
    /// DEQUANTIZE operator; the labels go into the metadata entry "labels", a line each.
    /// </summary>
    public static byte[] Build(IntegerNetwork network, bool floatEdges)
    {
        var builder = new ModelBuilder();
        var input = builder.Value(network.Input);
        if (floatEdges)
        {
            var real = builder._model.AddTensor($"{network.Input.Name}_float", TensorType.FLOAT32, network.Input.Shape);
            builder._model.AddOperator(BuiltinOperator.QUANTIZE, new NoOptions(), [real], [input]);
            input = real;
        }

        builder._gated = network.Gated;
        foreach (var layer in network.Layers.Except(network.Gated))
        {
            layer.Write(builder);
        }

        var output = builder.Value(network.Output);
        if (floatEdges)
        {
            var real = builder._model.AddTensor($"{network.Output.Name}_float", TensorType.FLOAT32, network.Output.Shape);
            builder._model.AddOperator(BuiltinOperator.DEQUANTIZE, new NoOptions(), [output], [real], version: 2);
            output = real;
        }

        return builder._model.Inputs(input).Outputs(output)
            .Describe($"{network.Name}: {network.Description}")
            .AddMetadata("labels", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', network.Labels)))
            .BuildFile();
    }

    /// <summary>Adds weights and bias; returns their two tensors.</summary>
    public (int Weights, int Bias) Weights(string layer, QuantizedWeights constants, QuantizedValue input)
    {
        var zeros = new long[constants.Scales.Length];
        var biasScales = constants.Scales.Select(scale => input.Scale * scale).ToArray();
        var weights = _model.AddTensor(
            $"{layer}/weights",
            TensorType.INT8,
            constants.Shape,
            new TfliteQuantization(constants.Scales, zeros, constants.Axis),
            TfliteModelBuilder.Bytes<sbyte>(constants.Weights));
        var bias = _model.AddTensor(
            $"{layer}/bias",
            TensorType.INT32,
            [constants.Bias.Length],
            new TfliteQuantization(biasScales, zeros, 0),
            TfliteModelBuilder.Bytes<int>(constants.Bias));
        return (weights, bias);
    }

    public void Conv2D(QuantizedValue input, (int Weights, int Bias) constants, QuantizedValue output, Window window, Activation activation) =>
        _model.AddOperator(
            BuiltinOperator.CONV_2D,
            new Conv2DOptions(Pad(window), window.StrideWidth, window.StrideHeight, 1, 1, Fused(activation)),
            [Value(input), constants.Weights, constants.Bias],
            [Value(output)],
            version: 3);

    public void DepthwiseConv2D(QuantizedValue input, (int Weights, int Bias) constants, QuantizedValue output, Window window, Activation activation) =>
        _model.AddOperator(
            BuiltinOperator.DEPTHWISE_CONV_2D,
            new DepthwiseConv2DOptions(Pad(window), window.StrideWidth, window.StrideHeight, 1, 1, output.Shape[3] / input.Shape[3], Fused(activation)),
            [Value(input), constants.Weights, constants.Bias],
            [Value(output)],
            version: 3);

    public void FullyConnected(QuantizedValue input, (int Weights, int Bias) constants, QuantizedValue output, Activation activation) =>
        _model.AddOperator(
            BuiltinOperator.FULLY_CONNECTED,
            new FullyConnectedOptions(Fused(activation)),
            [Value(input), constants.Weights, constants.Bias],
            [Value(output)],
            version: 4);

    public void Pool2D(QuantizedValue input, QuantizedValue output, Window window, PoolKind kind) =>
        _model.AddOperator(
            kind == PoolKind.Max ? BuiltinOperator.MAX_POOL_2D : BuiltinOperator.AVERAGE_POOL_2D,
            new Pool2DOptions(Pad(window), window.StrideWidth, window.StrideHeight, window.KernelWidth, window.KernelHeight, ActivationFunction.NONE),
            [Value(input)],
            [Value(output)],
            version: 2);

    public void Add(QuantizedValue left, QuantizedValue right, QuantizedValue output, Activation activation) =>
        _model.AddOperator(
            BuiltinOperator.ADD, new AddOptions(Fused(activation)), [Value(left), Value(right)], [Value(output)], version: 2);

    public void Reshape(QuantizedValue input, QuantizedValue output)
    {
        var shape = _model.AddTensor($"{output.Name}/shape", TensorType.INT32, [output.Shape.Length], data: TfliteModelBuilder.Bytes<int>(output.Shape));
        _model.AddOperator(BuiltinOperator.RESHAPE, new ReshapeOptions(output.Shape), [Value(input), shape], [Value(output)]);
    }

    public void Softmax(QuantizedValue input, QuantizedValue output) =>
        _model.AddOperator(BuiltinOperator.SOFTMAX, new SoftmaxOptions(1), [Value(input)], [Value(output)], version: 2);

    /// <summary>An IF whose second side has the layers that only it needs.</summary>
    public void Gate(Integer.Gate gate)
    {
        var largest = _model.AddTensor($"{gate.Output.Name}/largest", TensorType.INT8, [1, 1], gate.Early.Scale, gate.Early.ZeroPoint);
        var axes = _model.AddTensor($"{gate.Output.Name}/axes", TensorType.INT32, [1], data: TfliteModelBuilder.Bytes(1));
        var threshold = _model.AddTensor(
            $"{gate.Output.Name}/threshold", TensorType.INT8, [1, 1], gate.Early.Scale, gate.Early.ZeroPoint, TfliteModelBuilder.Bytes(gate.Threshold));
        var sure = _model.AddTensor($"{gate.Output.Name}/sure", TensorType.BOOL, [1, 1]);
        _model.AddOperator(BuiltinOperator.REDUCE_MAX, new ReducerOptions(KeepDims: true), [Value(gate.Early), axes], [largest], version: 2);
        _model.AddOperator(BuiltinOperator.GREATER_EQUAL, new NoOptions(), [largest, threshold], [sure], version: 2);

        QuantizedValue[] handed = [gate.Early, .. _gated.SelectMany(layer => layer.Inputs).DistinctBy(input => input.Name).Where(input => _gated.All(layer => layer.Output.Name != input.Name))];
        var then = _model.AddSubgraph(Side([], handed, gate.Early));
        var otherwise = _model.AddSubgraph(Side(_gated, handed, gate.Late));
        _model.AddOperator(BuiltinOperator.IF, new IfOptions(then, otherwise), [sure, .. handed.Select(Value)], [Value(gate.Output)]);
    }

    public void Sign(QuantizedValue input, QuantizedValue output) =>
        Larq("LceQuantize", default, [Value(input)], output);

    public void BinaryConv2D(BinaryConv2D layer)
    {
        var (name, window, filters) = (layer.Result.Name, layer.Window, layer.Result.Shape[3]);
        var channels = layer.Input.Shape[3];
        var weights = _model.AddTensor(
            $"{name}/weights",
            TensorType.INT32,
            [filters, window.KernelHeight, window.KernelWidth, Words(channels)],
            data: TfliteModelBuilder.Bytes<int>([.. layer.Weights.Chunk(channels).SelectMany(Packed)]));
        var options = new Dictionary<string, double>
        {
            ["channels_in"] = channels,
            ["dilation_height_factor"] = 1,
            ["dilation_width_factor"] = 1,
            ["fused_activation_function"] = (int)Fused(layer.Activation),
            ["pad_values"] = 1,
            ["padding"] = (int)Pad(window),
            ["stride_height"] = window.StrideHeight,
            ["stride_width"] = window.StrideWidth,
        };

        int Constants<T>(string what, T[]? items, TensorType type)
            where T : unmanaged => items is null ? -1 : _model.AddTensor($"{name}/{what}", type, [filters], data: TfliteModelBuilder.Bytes<T>(items));

        Larq(
            "LceBconv2d",
            FlexMapWriter.Write(options.ToImmutableSortedDictionary(StringComparer.Ordinal)),
            [
                Value(layer.Input),
                weights,
                Constants("multiplier", layer.Multiplier, TensorType.FLOAT32),
                Constants("bias", layer.Bias, TensorType.FLOAT32),
                Constants("threshold", layer.Thresholds, TensorType.INT32),
            ],
            layer.Result);
    }

    private static TfliteModelBuilder Side(IReadOnlyList<IntegerLayer> layers, QuantizedValue[] inputs, QuantizedValue output)
    {
        var side = new ModelBuilder();
        int[] tensors = [.. inputs.Select(side.Value)];
        foreach (var layer in layers)
        {
            layer.Write(side);
        }

        return side._model.Inputs(tensors).Outputs(side.Value(output));
    }

    private static int Words(int channels) => (channels + 31) / 32;

    /// <summary>The first of 32 numbers in the lowest bit, a set bit for -1.</summary>
    private static IEnumerable<int> Packed(sbyte[] signs) =>
        signs.Chunk(32).Select(word => unchecked((int)word.Select((sign, i) => sign < 0 ? 1u << i : 0).Aggregate(0u, (bits, bit) => bits | bit)));

    private static Padding Pad(Window window) => window.Same ? Padding.SAME : Padding.VALID;

    private static ActivationFunction Fused(Activation activation) =>
        activation == Activation.Relu ? ActivationFunction.RELU : ActivationFunction.NONE;

    private void Larq(string name, ReadOnlyMemory<byte> options, int[] inputs, QuantizedValue output) => _model.AddOperator(new TfliteOperator
    {
        Code = BuiltinOperator.CUSTOM,
        CustomName = name,
        CustomOptions = options,
        Version = 1,
        Options = new NoOptions(),
        Inputs = inputs,
        Outputs = [Value(output)],
    });

    private int Value(QuantizedValue value)
    {
        if (!_tensors.TryGetValue(value.Name, out var index))
        {
            index = value.IsBits
                ? _model.AddTensor(value.Name, TensorType.INT32, [.. value.Shape[..^1], Words(value.Shape[^1])])
                : _model.AddTensor(value.Name, TensorType.INT8, value.Shape, value.Scale, value.ZeroPoint);
            _tensors.Add(value.Name, index);
        }

        return index;
    }
}
