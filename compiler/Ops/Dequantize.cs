// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>output = scale * (input - zero_point), in float. Constants of float16 are float32 from the import on, and nothing is left to do.</summary>
internal sealed record Dequantize : Op
{
    public override string Name => "dequantize";

    public static void Import(ImportContext context) =>
        context.Add(context.Input(0).Type == ElementType.F32 ? new Reshape() : new Dequantize(), [context.Input(0)], [context.Output(0)]);

    public override void Check(Node node)
    {
        Require.OneOf(node, node.Input, ElementType.S8, ElementType.U8, ElementType.S16);
        Require.Types(node, ElementType.F32, node.Output);
        Require.PerTensor(node, node.Input);
        Require.SameCount(node, node.Input, node.Output);
    }

    public override IReadOnlyList<KernelCall> Lower(Node node) =>
    [
        new KernelCall(
            "dequantize_f32",
            [
                ("count", node.Output.Shape.Count),
                ("type", (int)node.Input.Type),
                ("scale", node.Input.Quantization!.Scale),
                ("zero_point", node.Input.Quantization!.ZeroPoint),
            ],
            [node.Input],
            [node.Output]),
    ];
}
