// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Tflite;
using TinyInfer.Quantizer;
using TinyInfer.Quantizer.Float;
using TinyInfer.Quantizer.Integer;
using Add = TinyInfer.Quantizer.Integer.Add;
using BinaryConv2D = TinyInfer.Quantizer.Integer.BinaryConv2D;
using Conv2D = TinyInfer.Quantizer.Integer.Conv2D;
using DepthwiseConv2D = TinyInfer.Quantizer.Integer.DepthwiseConv2D;
using FullyConnected = TinyInfer.Quantizer.Integer.FullyConnected;
using Pool2D = TinyInfer.Quantizer.Integer.Pool2D;
using Reshape = TinyInfer.Quantizer.Integer.Reshape;
using Sign = TinyInfer.Quantizer.Integer.Sign;
using Softmax = TinyInfer.Quantizer.Integer.Softmax;

namespace TinyInfer.Models.Tests;

/// <summary>Reads a .tflite file into the quantizer's reference layers, so that the reference can be run on any model of their kinds.</summary>
internal sealed class ReferenceImport(TfliteSubgraph graph)
{
    public static IntegerNetwork Read(string path)
    {
        var graph = TfliteReader.Read(File.ReadAllBytes(path)).Subgraphs[0];
        var import = new ReferenceImport(graph);
        return new IntegerNetwork("imported", "", [], import.Value(graph.Inputs[0]), [.. graph.Operators.Select(import.Layer)]);
    }

    private IntegerLayer Layer(TfliteOperator op)
    {
        var (input, output) = (Value(op.Inputs[0]), Value(op.Outputs[0]));
        if (op.CustomName is { } name)
        {
            return name switch
            {
                "LceQuantize" => new Sign(input, output),
                "LceBconv2d" => Binary(op, input, output),
                _ => throw new NotSupportedException(op.DisplayName),
            };
        }

        return op.Options switch
        {
            Conv2DOptions o => new Conv2D(input, output, Window(op.Inputs[1], o.StrideH, o.StrideW, o.Padding), Constants(op), Fused(o.Activation)),
            DepthwiseConv2DOptions o =>
                new DepthwiseConv2D(input, output, Window(op.Inputs[1], o.StrideH, o.StrideW, o.Padding), Constants(op), Fused(o.Activation)),
            FullyConnectedOptions o => new FullyConnected(input, output, Constants(op), Fused(o.Activation)),
            Pool2DOptions o => new Pool2D(
                input,
                output,
                new Window(o.FilterHeight, o.FilterWidth, o.StrideH, o.StrideW, o.Padding == Padding.SAME),
                op.Code == BuiltinOperator.MAX_POOL_2D ? PoolKind.Max : PoolKind.Average),
            AddOptions o => new Add(input, Value(op.Inputs[1]), output, Fused(o.Activation)),
            SoftmaxOptions => new Softmax(input, output),
            _ when op.Code == BuiltinOperator.RESHAPE => new Reshape(input, output),
            _ => throw new NotSupportedException(op.DisplayName),
        };
    }

    private QuantizedValue Value(int index)
    {
        var tensor = graph.Tensors[index];
        if (tensor.Type == TensorType.INT32)
        {
            return QuantizedValue.Bits($"{index}", [.. tensor.Shape[..^1], 32 * tensor.Shape[^1]]);
        }

        return new QuantizedValue($"{index}", tensor.Shape, tensor.Quantization!.Scale[0], (int)tensor.Quantization.ZeroPoint[0]);
    }

    // Whole words, padded with +1.
    private BinaryConv2D Binary(TfliteOperator op, QuantizedValue input, QuantizedValue output)
    {
        var options = FlexMap.Read(op.CustomOptions, op.DisplayName);
        if (options.Int("pad_values") != 1 || options.Int("channels_in") != input.Shape[3] || options.Int("dilation_height_factor") != 1 || options.Int("dilation_width_factor") != 1)
        {
            throw new NotSupportedException(op.DisplayName);
        }

        T[]? Items<T>(int operand)
            where T : unmanaged => op.Inputs[operand] < 0 ? null : MemoryMarshal.Cast<byte, T>(graph.Tensors[op.Inputs[operand]].Data.Span).ToArray();

        return new BinaryConv2D(
            input,
            output,
            Window(op.Inputs[1], options.Int("stride_height"), options.Int("stride_width"), (Padding)options.Int("padding")),
            [.. Items<int>(1)!.SelectMany(word => Enumerable.Range(0, 32).Select(bit => (sbyte)((word >> bit & 1) == 0 ? 1 : -1)))],
            Fused((ActivationFunction)options.Int("fused_activation_function")),
            Items<int>(4),
            Items<float>(2),
            Items<float>(3));
    }

    private QuantizedWeights Constants(TfliteOperator op)
    {
        var weights = graph.Tensors[op.Inputs[1]];
        var (scales, channels) = (weights.Quantization!.Scale, weights.Shape[weights.Quantization.Axis]);
        var perTensor = scales.Length == 1 && op.Code != BuiltinOperator.FULLY_CONNECTED;
        return new QuantizedWeights(
            weights.Shape,
            MemoryMarshal.Cast<byte, sbyte>(weights.Data.Span).ToArray(),
            MemoryMarshal.Cast<byte, int>(graph.Tensors[op.Inputs[2]].Data.Span).ToArray(),
            perTensor ? [.. Enumerable.Repeat(scales[0], channels)] : scales,
            weights.Quantization.Axis);
    }

    private Window Window(int weights, int strideHeight, int strideWidth, Padding padding) =>
        new(graph.Tensors[weights].Shape[1], graph.Tensors[weights].Shape[2], strideHeight, strideWidth, padding == Padding.SAME);

    private static Activation Fused(ActivationFunction activation) => activation switch
    {
        ActivationFunction.NONE => Activation.None,
        ActivationFunction.RELU => Activation.Relu,
        _ => throw new NotSupportedException($"{activation}"),
    };
}
