// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>output = tanh(input). Of uint8, which TFLite Micro has no kernel for, TFLite fills the table in float.</summary>
internal sealed record Tanh : TableOp
{
    public override string Name => "tanh";

    public static void Import(ImportContext context) => context.Add(new Tanh(), [context.Input(0)], [context.Output(0)]);

    protected override IReadOnlyList<ElementType> ByteTypes => [ElementType.S8, ElementType.U8];

    protected override IReadOnlyList<ElementType> WideTypes => [ElementType.S16, ElementType.F32];

    public override void Check(Node node)
    {
        base.Check(node);
        if (node.Input.Type == ElementType.S16)
        {
            SigmoidInput.Check(node, mostDoublings: 1);
        }
    }

    protected override KernelCall Wide(Node node) => node.Input.Type == ElementType.S16
        ? SigmoidInput.Of(node.Input, mostDoublings: 1).Call("tanh_s16", node)
        : new KernelCall("tanh_f32", [("count", node.Output.Shape.Count)], [node.Input], [node.Output]);

    // The output's scale and zero point are taken for 1/128 and 0, as TFLite Micro does.
    protected override Func<int, int> Function(Node node) => node.Input.Type == ElementType.U8
        ? FloatTable.Rounded(node, x => (float)Math.Tanh(x))
        : InputQ4.Of(node.Input).Function(x => FixedPoint.Saturated(FixedPoint.DivideByPot(FixedPointFunctions.Tanh(x), 24)));
}
