// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>output = input where it is not negative, else alpha * input, alpha being a tensor that broadcasts; of int16 with alpha of int8.</summary>
internal sealed record Prelu : BinaryOp
{
    public override string Name => "prelu";

    public static void Import(ImportContext context) => context.Add(new Prelu(), [context.Input(0), context.Input(1)], [context.Output(0)]);

    protected override IReadOnlyList<ElementType> WideTypes => [ElementType.F32];

    public override void Check(Node node)
    {
        var (input, alpha, output) = (node.Inputs[0], node.Inputs[1], node.Output);
        if (input.Type != ElementType.S16)
        {
            base.Check(node);
            return;
        }

        Require.Types(node, ElementType.S8, alpha);
        Require.Types(node, ElementType.S16, output);
        Require.PerTensor(node, input, alpha, output);
        Broadcast.Check(node);
    }

    protected override Func<int, int, int> Function(Node node)
    {
        var (input, alpha, output) = (node.Inputs[0].Quantization!.ZeroPoint, node.Inputs[1].Quantization!.ZeroPoint, node.Output.Quantization!.ZeroPoint);
        var (identity, slope) = Scales(node);

        return (x, a) =>
        {
            var value = x - input;
            var scaled = value >= 0 ? identity.Apply(value) : slope.Apply(value * (a - alpha));
            return FixedPoint.Saturated(unchecked(scaled + output));
        };
    }

    protected override KernelCall Kernel(Node node, Broadcast walk)
    {
        if (node.Output.Type == ElementType.F32)
        {
            return RealOperation.Prelu.Call(node, walk);
        }

        var (identity, slope) = Scales(node);

        return new KernelCall(
            node.Output.Type == ElementType.S16 ? "prelu_s16" : "prelu_s8",
            [
                .. walk.Fields,
                ("a_zero_point", node.Inputs[0].Quantization!.ZeroPoint),
                ("b_zero_point", node.Inputs[1].Quantization!.ZeroPoint),
                ("zero_point", node.Output.Quantization!.ZeroPoint),
                ("identity_multiplier", identity.Multiplier),
                ("identity_shift", identity.Shift),
                ("slope_multiplier", slope.Multiplier),
                ("slope_shift", slope.Shift),
            ],
            [node.Inputs[0], node.Inputs[1]],
            [node.Output]);
    }

    private static (Requantization Identity, Requantization Slope) Scales(Node node)
    {
        var (input, alpha, output) = ((double)node.Inputs[0].Quantization!.Scale, (double)node.Inputs[1].Quantization!.Scale, (double)node.Output.Quantization!.Scale);
        return (Requantization.Of(input / output), Requantization.Of(input * alpha / output));
    }
}
