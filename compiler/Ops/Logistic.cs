// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>output = 1 / (1 + exp(-input)).</summary>
internal sealed record Logistic : TableOp
{
    public override string Name => "logistic";

    public static void Import(ImportContext context) => context.Add(new Logistic(), [context.Input(0)], [context.Output(0)]);

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

        var zeroPoint = node.Output.Quantization!.ZeroPoint;
        Require.That(zeroPoint == sbyte.MinValue, node, $"output zero point {zeroPoint}", "-128, with scale 1/256");
    }

    protected override KernelCall Wide(Node node) => node.Input.Type == ElementType.S16
        ? SigmoidInput.Of(node.Input, mostDoublings: 0).Call("logistic_s16", node)
        : new KernelCall("logistic_f32", [("count", node.Output.Shape.Count)], [node.Input], [node.Output]);

    // The output's scale is taken for 1/256, as TFLite Micro does.
    protected override Func<int, int> Function(Node node) => InputQ4.Of(node.Input).Function(
        x => FixedPoint.Saturated(FixedPoint.DivideByPot(FixedPointFunctions.Logistic(x), 23) - 128));
}
