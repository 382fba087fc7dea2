// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>output[b, o] = activation(bias[o] + sum over i of input[b, i] * weights[o, i]); b runs over all leading dimensions.</summary>
internal sealed record FullyConnected(Activation Activation) : Op
{
    public override string Name => "fully_connected";

    public static void Import(ImportContext context)
    {
        var options = context.Options<FullyConnectedOptions>();
        if (options.WeightsFormat != FullyConnectedWeights.DEFAULT)
        {
            throw context.Origin.Refuse($"weights in the order {options.WeightsFormat}", "DEFAULT");
        }

        var (input, weights) = (context.Input(0), context.Input(1));
        var bias = context.OptionalInput(2) ?? context.ZeroBias(input, weights.Shape.Rank > 1 ? weights.Shape[-2] : 0, options.QuantizedBiasType);

        context.Add(new FullyConnected(context.Activation(options.Activation)), [input, weights, bias], [context.Output(0)]);
    }

    public override void Check(Node node)
    {
        var (input, weights, bias, output) = (node.Inputs[0], node.Inputs[1], node.Inputs[2], node.Output);

        Require.OneOf(node, input, ElementType.S8, ElementType.S16, ElementType.F32);
        Require.NotHybrid(node, input, weights);
        Require.Types(node, input.Type == ElementType.F32 ? ElementType.F32 : ElementType.S8, weights);
        if (input.Type == ElementType.S8)
        {
            Require.Types(node, ElementType.S8, output);
            Require.Types(node, ElementType.S32, bias);
            Require.PerTensor(node, input, output);
        }
        else if (input.Type == ElementType.F32)
        {
            Require.Types(node, ElementType.F32, bias, output);
        }

        Require.Filled(node, input, weights, output);
        Require.That(
            weights.Shape.Rank >= 2 && weights.Shape.Count == weights.Shape[-2] * weights.Shape[-1], node, $"weights of shape {weights.Shape}", "[out, in]");
        if (weights is { Type: ElementType.S8, Quantization.IsPerTensor: true })
        {
            Require.PerTensor(node, weights);
        }
        else if (weights.Type == ElementType.S8)
        {
            Require.Weights(node, weights, axis: weights.Shape.Rank - 2);
        }

        var (outSize, inSize) = (weights.Shape[-2], weights.Shape[-1]);
        Require.That(
            input.Shape.Count % inSize == 0 && output.Shape.Rank > 0 && output.Shape[-1] == outSize
                && output.Shape.Count == input.Shape.Count / inSize * outSize && bias.Shape.Count == outSize,
            node,
            $"input {input.Shape}, weights {weights.Shape}, bias {bias.Shape} and output {output.Shape} do not fit together",
            "input [..., in], weights [out, in], bias [out], output [..., out]");
        if (input.Type == ElementType.S16)
        {
            Require.Weights(node, weights, axis: weights.Shape.Rank - 2);
            FilterShape.CheckInt16(node, [ElementType.S32, ElementType.S64], () => ChannelScales.RequantizationsOfProduct(input, weights, output, outSize));
        }
    }

    public override long Macs(Node node) => (long)node.Output.Shape.Count * node.Inputs[1].Shape[-1];

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var (input, weights, bias) = (node.Inputs[0], node.Inputs[1], node.Inputs[2]);
        var (outSize, inSize) = (weights.Shape[-2], weights.Shape[-1]);
        var shape = FilterShape.Matrix(input.Shape.Count / inSize, inSize, outSize);
        if (input.Type == ElementType.F32)
        {
            return [shape.Float("conv_2d_f32", node, weights, Activation)];
        }

        if (input.Type == ElementType.S16)
        {
            return [shape.Int16("conv_2d_s16", node, weights, ChannelScales.RequantizationsOfProduct(input, weights, node.Output, outSize), Activation)];
        }

        var weightsZeroPoint = weights.Quantization!.ZeroPoints[0];
        var folded = weights.IsConstant && bias.IsConstant;
        var (min, max) = Activation.Bounds(node.Output);

        return
        [
            new KernelCall(
                "fully_connected_s8",
                [
                    ("batch", input.Shape.Count / inSize),
                    ("in_size", inSize),
                    ("out_size", outSize),
                    ("input_zero_point", folded ? 0 : input.Quantization!.ZeroPoint),
                    ("weights_zero_point", weightsZeroPoint),
                    ("zero_point", node.Output.Quantization!.ZeroPoint),
                    ("min", min),
                    ("max", max),
                ],
                [
                    input,
                    weights,
                    folded ? EffectiveBias.Of(input, weights, bias, outSize, weightsZeroPoint) : bias,
                    .. ChannelScales.OfProduct(input, weights, node.Output, outSize),
                ],
                [node.Output]),
        ];
    }
}
