// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops.Lce;

/// <summary>The signs of numbers as packed bits: LceQuantize.</summary>
internal sealed record LceQuantize : Op
{
    public override string Name => "lce_quantize";

    public static void Import(ImportContext context) => context.Add(new LceQuantize(), [context.Input(0)], [context.Output(0)]);

    public override void Check(Node node)
    {
        Require.OneOf(node, node.Input, ElementType.S8, ElementType.Bool, ElementType.F32);
        if (node.Input.Type == ElementType.S8)
        {
            Require.PerTensor(node, node.Input);
        }

        Bits.Check(node, node.Input, node.Output);
    }

    public override IReadOnlyList<KernelCall> Lower(Node node) =>
    [
        new KernelCall(
            "lce_quantize",
            [
                ("rows", node.Input.Shape.Count / node.Input.Shape[-1]),
                ("channels", node.Input.Shape[-1]),
                ("type", (int)node.Input.Type),
                ("zero_point", node.Input.Type == ElementType.S8 ? node.Input.Quantization!.ZeroPoint : 0),
            ],
            [node.Input],
            [node.Output]),
    ];
}
