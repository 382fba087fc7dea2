// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>output = activation(a * b).</summary>
internal sealed record Mul(Activation Activation) : BinaryOp
{
    public override string Name => "mul";

    protected override string Attributes => Activation.Text();

    public static void Import(ImportContext context) => context.Add(
        new Mul(context.Activation(context.Options<MulOptions>().Activation)), [context.Input(0), context.Input(1)], [context.Output(0)]);

    protected override IReadOnlyList<ElementType> WideTypes => [ElementType.S16, ElementType.F32];

    public override void Check(Node node)
    {
        base.Check(node);
        if (node.Output.Type == ElementType.S16)
        {
            Require.Symmetric(node, node.Inputs[0], node.Inputs[1], node.Output);
        }
    }

    protected override Func<int, int, int> Function(Node node)
    {
        var (a, b, zeroPoint) = (node.Inputs[0].Quantization!.ZeroPoint, node.Inputs[1].Quantization!.ZeroPoint, node.Output.Quantization!.ZeroPoint);
        var scale = Scale(node);
        var (min, max) = Activation.Bounds(node.Output);

        return (x, y) => Math.Clamp(unchecked(scale.Apply((x - a) * (y - b)) + zeroPoint), min, max);
    }

    protected override KernelCall Kernel(Node node, Broadcast walk)
    {
        var (a, b) = (node.Inputs[0], node.Inputs[1]);
        if (node.Output.Type == ElementType.F32)
        {
            var (lowest, highest) = Activation.RealBounds();
            return new KernelCall("mul_f32", [.. walk.Fields, ("min", lowest), ("max", highest)], [a, b], [node.Output]);
        }

        var scale = Scale(node);
        var (min, max) = Activation.Bounds(node.Output);

        if (node.Output.Type == ElementType.S16)
        {
            return new KernelCall(
                "mul_s16",
                [.. walk.Fields, ("multiplier", scale.Multiplier), ("shift", scale.Shift), ("min", min), ("max", max)],
                [a, b],
                [node.Output]);
        }

        return new KernelCall(
            "mul_s8",
            [
                .. walk.Fields,
                ("a_zero_point", a.Quantization!.ZeroPoint),
                ("b_zero_point", b.Quantization!.ZeroPoint),
                ("zero_point", node.Output.Quantization!.ZeroPoint),
                ("multiplier", scale.Multiplier),
                ("shift", scale.Shift),
                ("min", min),
                ("max", max),
            ],
            [a, b],
            [node.Output]);
    }

    private static Requantization Scale(Node node) => Requantization.Of(
        (double)node.Inputs[0].Quantization!.Scale * node.Inputs[1].Quantization!.Scale / node.Output.Quantization!.Scale);
}
