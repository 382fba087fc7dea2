// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>output = activation(a + b).</summary>
internal sealed record Add(Activation Activation) : BinaryOp
{
    public override string Name => "add";

    protected override string Attributes => Activation.Text();

    public static void Import(ImportContext context) => context.Add(
        new Add(context.Activation(context.Options<AddOptions>().Activation)), [context.Input(0), context.Input(1)], [context.Output(0)]);

    public override void Check(Node node)
    {
        base.Check(node);
        Require.That(
            node.Output.Type == ElementType.F32 || Sum(node).Sum.Shift <= 0,
            node,
            "the output's scale is too small for the inputs'",
            $"an output scale above theirs / 2^{AddSub.LeftShiftOf(node.Output.Type)}");
    }

    protected override IReadOnlyList<ElementType> WideTypes => [ElementType.S16, ElementType.F32];

    protected override Func<int, int, int> Function(Node node) => Sum(node).Compute;

    protected override KernelCall Kernel(Node node, Broadcast walk) =>
        node.Output.Type == ElementType.F32 ? AddSub.Float(node, walk, 1, Activation) : Sum(node).Kernel(node, walk);

    // In double, where subtraction is in float: TFLite's two kernels differ.
    private AddSub Sum(Node node)
    {
        var (a, b, output) = (node.Inputs[0].Quantization!, node.Inputs[1].Quantization!, node.Output.Quantization!);
        var twice = 2 * (double)Math.Max(a.Scale, b.Scale);
        var (min, max) = Activation.Bounds(node.Output);

        return new AddSub(
            node.Output.Type,
            1,
            Requantization.Of(a.Scale / twice),
            Requantization.Of(b.Scale / twice),
            Requantization.Of(twice / ((1 << AddSub.LeftShiftOf(node.Output.Type)) * (double)output.Scale)),
            a.ZeroPoint,
            b.ZeroPoint,
            output.ZeroPoint,
            min,
            max);
    }
}
