// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>output = |input|.</summary>
internal sealed record Abs : TableOp
{
    public override string Name => "abs";

    public static void Import(ImportContext context) => context.Add(new Abs(), [context.Input(0)], [context.Output(0)]);

    protected override IReadOnlyList<ElementType> WideTypes => [ElementType.F32];

    protected override KernelCall Wide(Node node) => RealFunction.Abs.Call(node);

    protected override Func<int, int> Function(Node node)
    {
        var (input, output) = (node.Input.Quantization!, node.Output.Quantization!);
        var scale = Requantization.Of(input.Scale / output.Scale);

        return stored => FixedPoint.Saturated(unchecked(scale.Apply(Math.Abs(stored - input.ZeroPoint)) + output.ZeroPoint));
    }
}
