// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>output = |input|.</summary>
internal sealed record Abs : TableOp
{
    public override string Name => "abs";

    public static void Import(ImportContext context) => context.Add(new Abs(), [context.Input(0)], [context.Output(0)]);

    protected override IReadOnlyList<ElementType> WideTypes => [ElementType.S16, ElementType.F32];

    public override void Check(Node node)
    {
        base.Check(node);
        if (node.Input.Type == ElementType.S16)
        {
            Require.Symmetric(node, node.Input, node.Output);
        }
    }

    protected override KernelCall Wide(Node node)
    {
        if (node.Input.Type == ElementType.F32)
        {
            return RealFunction.Abs.Call(node);
        }

        var scale = Scale(node);
        return new KernelCall("abs_s16", [("count", node.Output.Shape.Count), ("multiplier", scale.Multiplier), ("shift", scale.Shift)], [node.Input], [node.Output]);
    }

    protected override Func<int, int> Function(Node node)
    {
        var (input, output) = (node.Input.Quantization!, node.Output.Quantization!);
        var scale = Scale(node);

        return stored => FixedPoint.Saturated(unchecked(scale.Apply(Math.Abs(stored - input.ZeroPoint)) + output.ZeroPoint));
    }

    private static Requantization Scale(Node node) => Requantization.Of(node.Input.Quantization!.Scale / node.Output.Quantization!.Scale);
}
