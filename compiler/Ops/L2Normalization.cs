// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>Rows of length one, along the last dimension; <c>kernels/l2_normalization</c> has the formula. int8 has scale 1/128 and zero point 0.</summary>
internal sealed record L2Normalization : Op
{
    public override string Name => "l2_normalization";

    public static void Import(ImportContext context)
    {
        var activation = context.Activation(context.Options<L2NormOptions>().Activation);
        if (activation != Activation.None)
        {
            throw context.Origin.Refuse($"fused activation {activation}", "NONE");
        }

        context.Add(new L2Normalization(), [context.Input(0)], [context.Output(0)]);
    }

    public override void Check(Node node)
    {
        Require.OneOf(node, node.Input, ElementType.S8, ElementType.F32);
        Require.Types(node, node.Input.Type, node.Output);
        Require.Filled(node, node.Input);
        Require.That(
            node.Input.Shape.Rank >= 1 && node.Input.Shape.Equals(node.Output.Shape), node, $"input {node.Input.Shape} and output {node.Output.Shape}", "equal shapes of at least one dimension");
        if (node.Input.Type == ElementType.S8)
        {
            Require.PerTensor(node, node.Input, node.Output);
            Require.That(
                node.Output.Quantization is { Scale: 1f / 128, ZeroPoint: 0 }, node, $"an output of scale {node.Output.Quantization!.Scale} and zero point {node.Output.Quantization.ZeroPoint}", "1/128 and 0");
        }
    }

    public override bool CanOverwrite(Node node, int input) => true;

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var depth = node.Input.Shape[-1];
        IReadOnlyList<Field> shape = [("rows", node.Input.Shape.Count / depth), ("depth", depth)];
        return node.Input.Type == ElementType.F32
            ? [new KernelCall("l2_normalization_f32", shape, [node.Input], [node.Output])]
            : [new KernelCall("l2_normalization_s8", [.. shape, ("zero_point", node.Input.Quantization!.ZeroPoint)], [node.Input], [node.Output])];
    }
}
