// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>output = 1 / (1 + exp(-input)).</summary>
internal sealed record Logistic : TableOp
{
    public override string Name => "logistic";

    public static void Import(ImportContext context) => context.Add(new Logistic(), [context.Input(0)], [context.Output(0)]);

    public override void Check(Node node)
    {
        base.Check(node);
        var zeroPoint = node.Output.Quantization!.ZeroPoint;
        Require.That(zeroPoint == sbyte.MinValue, node, $"output zero point {zeroPoint}", "-128, with scale 1/256");
    }

    // The output's scale is taken for 1/256, as TFLite Micro does.
    protected override Func<int, int> Function(Node node) => InputQ4.Of(node.Input).Function(
        x => FixedPoint.Saturated(FixedPoint.DivideByPot(FixedPointFunctions.Logistic(x), 23) - 128));
}
