// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>output[b, o] = activation(bias[o] + sum over i of input[b, i] * weights[o, i]).</summary>
internal sealed record FullyConnected(Activation Activation) : Op
{
    public override string Name => "fully_connected";

    public static void Import(ImportContext context)
    {
        var options = context.Options<FullyConnectedOptions>();
        var (input, weights) = (context.Input(0), context.Input(1));

        if (weights.Shape.Rank != 2)
        {
            throw context.Origin.Refuse($"weights of shape {weights.Shape}", "[out, in]");
        }

        var bias = context.OptionalInput(2) ?? context.ZeroBias(weights.Shape[0]);

        context.Add(new FullyConnected(context.Activation(options.Activation)), [input, weights, bias], [context.Output(0)]);
    }

    public override void Check(Node node)
    {
        var (input, weights, bias, output) = (node.Inputs[0], node.Inputs[1], node.Inputs[2], node.Output);

        Require.Types(node, ElementType.S8, input, weights, output);
        Require.Types(node, ElementType.S32, bias);
        Require.Constant(node, weights, bias);
        Require.PerTensor(node, input, output);
        Require.Weights(node, weights, axis: 0);

        var (outSize, inSize) = (weights.Shape[0], weights.Shape[1]);
        Require.That(
            inSize > 0 && outSize > 0 && input.Shape.Count % inSize == 0 && output.Shape.Count == input.Shape.Count / inSize * outSize && bias.Shape.Count == outSize,
            node,
            $"input {input.Shape}, weights {weights.Shape}, bias {bias.Shape} and output {output.Shape} do not fit together",
            "input [..., in], weights [out, in], bias [out], output [..., out]");
    }

    public override long Macs(Node node) => (long)node.Output.Shape.Count * node.Inputs[1].Shape[1];

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var (input, weights, bias) = (node.Inputs[0], node.Inputs[1], node.Inputs[2]);
        var (outSize, inSize) = (weights.Shape[0], weights.Shape[1]);
        var (min, max) = Activation.Bounds(node.Output);

        return
        [
            new KernelCall(
                "fully_connected_s8",
                [
                    ("batch", input.Shape.Count / inSize),
                    ("in_size", inSize),
                    ("out_size", outSize),
                    ("zero_point", node.Output.Quantization!.ZeroPoint),
                    ("min", min),
                    ("max", max),
                ],
                [input, weights, EffectiveBias.Of(input, weights, bias, outSize), .. ChannelScales.Of(input, weights, node.Output, outSize)],
                [node.Output]),
        ];
    }
}
