// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>output = 1 / (1 + exp(-input)). Of uint8, which TFLite Micro has no kernel for, TFLite fills the table in float.</summary>
internal sealed record Logistic : TableOp
{
    public override string Name => "logistic";

    public static void Import(ImportContext context) => context.Add(new Logistic(), [context.Input(0)], [context.Output(0)]);

    protected override IReadOnlyList<ElementType> ByteTypes => [ElementType.S8, ElementType.U8];

    protected override IReadOnlyList<ElementType> WideTypes => [ElementType.S16, ElementType.F32];

    public override void Check(Node node)
    {
        base.Check(node);
        if (node.Input.Type == ElementType.S16)
        {
            SigmoidInput.Check(node, mostDoublings: 0);
            return;
        }

        if (node.Input.Type == ElementType.F32)
        {
            return;
        }

        var (zeroPoint, (lowest, _)) = (node.Output.Quantization!.ZeroPoint, node.Output.Type.Range());
        Require.That(zeroPoint == lowest, node, $"output zero point {zeroPoint}", $"{lowest}, with scale 1/256");
    }

    protected override KernelCall Wide(Node node) => node.Input.Type == ElementType.S16
        ? SigmoidInput.Of(node.Input, mostDoublings: 0).Call("logistic_s16", node)
        : new KernelCall("logistic_f32", [("count", node.Output.Shape.Count)], [node.Input], [node.Output]);

    // The output's scale is taken for 1/256, as TFLite Micro does.
    protected override Func<int, int> Function(Node node) => node.Input.Type == ElementType.U8
        ? FloatTable.Rounded(node, x => 1 / (1 + (float)Math.Exp(-x)))
        : InputQ4.Of(node.Input).Function(x => FixedPoint.Saturated(FixedPoint.DivideByPot(FixedPointFunctions.Logistic(x), 23) - 128));
}
