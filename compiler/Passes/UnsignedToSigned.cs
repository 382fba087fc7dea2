// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Passes;

/// <summary>
/// A model that computes with uint8, as old converters made them, computes with int8: a stored value and its zero point are both 128
/// less, so every difference of the two is what it was.
/// <code>
///   %y = conv_2d(%x, $w, $b) : u8
/// =>
///   %a = quantize(%x) : s8
///   %c = conv_2d(%a, $v, $b) : s8
///   %y = quantize(%c) : u8
/// </code>
/// Only ops that give the same with both are rewritten; the others keep uint8, and say so if they have no such kernel. A model whose
/// uint8 is only moved or quantized stays as it is.
/// </summary>
internal sealed class UnsignedToSigned : IPass
{
    private const int Offset = 128;

    public void Run(Graph graph)
    {
        if (!graph.Nodes.Any(node => Computes(node) && node.Inputs.Any(IsUnsigned)) || graph.States.Any(state => IsUnsigned(state.Value)))
        {
            return;
        }

        var signed = new Dictionary<Value, Value>();
        var known = new HashSet<(Value Value, bool Signed)>();
        var nodes = new List<Node>();

        Value Signed(Value value)
        {
            if (!signed.TryGetValue(value, out var twin))
            {
                signed[value] = twin = Twin(value);
            }

            return twin;
        }

        // A value is known in the form its producer writes; the other form is made when first asked for.
        Value Known(Value value, bool asSigned, Origin origin)
        {
            var (from, to) = asSigned ? (value, Signed(value)) : (Signed(value), value);
            if (!value.IsConstant && known.Add((value, asSigned)))
            {
                nodes.Add(new Node(new Quantize(), [from], [to], origin));
            }

            return to;
        }

        graph.Inputs.Where(IsUnsigned).ToList().ForEach(input => known.Add((input, false)));
        foreach (var node in graph.Nodes)
        {
            var toSigned = Computes(node) || Keeps(node.Op);
            var inputs = node.Inputs.Select(input => IsUnsigned(input) ? Known(input, toSigned, node.Origin) : input).ToArray();
            var outputs = node.Outputs.Select(output => IsUnsigned(output) && toSigned ? Signed(output) : output).ToArray();
            node.Outputs.Where(IsUnsigned).ToList().ForEach(output => known.Add((output, toSigned)));
            nodes.Add(Converted(node.With(inputs: inputs, outputs: outputs)));
        }

        var last = graph.Nodes[^1].Origin;
        graph.Outputs.Where(output => IsUnsigned(output) && !output.IsConstant).ToList().ForEach(output => Known(output, false, last));
        graph.Replace([.. graph.Nodes], nodes);
    }

    private static bool IsUnsigned(Value value) => value is { Type: ElementType.U8, Quantization.IsPerTensor: true };

    private static bool Computes(Node node) => node.Op switch
    {
        Conv2D or DepthwiseConv2D or FullyConnected or Add or Sub or Mul or Extremum or Softmax or Relu => true,
        Pool2D pool => pool.Kind == "max" || !pool.HasTies(node),
        _ => false,
    };

    /// <summary>Ops of any type, which would stand between two that compute.</summary>
    private static bool Keeps(Op op) => op is MoveOp or Quantize or Dequantize;

    private static Value Twin(Value value) => new($"{value.Name}/signed", ElementType.S8, value.Shape)
    {
        Quantization = new Quantization(value.Quantization!.Scale, value.Quantization.ZeroPoint - Offset),
        Constant = value.Constant is { } bytes ? bytes.ToArray().Select(item => (byte)(item ^ Offset)).ToArray() : default(ReadOnlyMemory<byte>?),
    };

    private static bool IsRebased(Value weights) => weights is { Type: ElementType.S8, Quantization.IsPerTensor: true };

    private static Node Converted(Node node)
    {
        switch (node.Op)
        {
            case Conv2D conv when IsRebased(node.Inputs[1]) && !IsSymmetric(node):
                return node.With(op: new AsymmetricConv2D(conv.Padding, conv.Stride, conv.Dilation, conv.Activation));
            case DepthwiseConv2D depthwise when node.Inputs[1] is { IsConstant: true, Shape.Rank: 4 } weights && weights.Shape[0] == 1 && IsRebased(weights) && !IsSymmetric(node):
                var turned = new Value(weights.Name, ElementType.S8, new Shape(weights.Shape[3], weights.Shape[1], weights.Shape[2], 1))
                {
                    Quantization = weights.Quantization,
                    Constant = DepthwiseConv2D.FiltersFirst(weights).Bytes,
                };
                return node.With(op: new AsymmetricConv2D(depthwise.Padding, depthwise.Stride, depthwise.Dilation, depthwise.Activation), inputs: [node.Input, turned, node.Inputs[2]]);
            default:
                return node;
        }
    }

    /// <summary>True when the int8 kernels give the same: no zero point, and a scale that does not depend on how the product is rounded.</summary>
    private static bool IsSymmetric(Node node)
    {
        var (input, weights) = (node.Inputs[0], node.Inputs[1]);
        return input.Quantization is { IsPerTensor: true } && node.Output.Quantization is { IsPerTensor: true } && weights.Quantization!.ZeroPoints[0] == 0
            && ChannelScales.Requantizations(input, weights, node.Output, 1)[0] == ChannelScales.RequantizationsOfProduct(input, weights, node.Output, 1)[0];
    }
}
