// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>output = input where it is not negative, else alpha * input.</summary>
internal sealed record LeakyRelu(float Alpha) : TableOp
{
    public override string Name => "leaky_relu";

    protected override string Attributes => FormattableString.Invariant($"{Alpha}");

    public static void Import(ImportContext context) =>
        context.Add(new LeakyRelu(context.Options<LeakyReluOptions>().Alpha), [context.Input(0)], [context.Output(0)]);

    protected override IReadOnlyList<ElementType> WideTypes => [ElementType.S16, ElementType.F32];

    protected override KernelCall Wide(Node node) => node.Input.Type == ElementType.S16
        ? Call(node, Alpha)
        : new KernelCall("leaky_relu_f32", [("count", node.Output.Shape.Count), ("alpha", Alpha)], [node.Input], [node.Output]);

    protected override Func<int, int> Function(Node node)
    {
        var (input, output) = (node.Input.Quantization!, node.Output.Quantization!);
        var identity = Requantization.Of(input.Scale / output.Scale);
        var slope = Requantization.Of(Math.Abs(input.Scale * Alpha / output.Scale));
        var sign = Alpha < 0 ? -1 : 1;

        return stored =>
        {
            var value = stored - input.ZeroPoint;
            return FixedPoint.Saturated(unchecked((value >= 0 ? identity.Apply(value) : sign * slope.Apply(value)) + output.ZeroPoint));
        };
    }

    /// <summary>The kernel for int16; RELU has a slope of 0.</summary>
    public static KernelCall Call(Node node, float alpha)
    {
        var (input, output) = (node.Input.Quantization!, node.Output.Quantization!);
        var identity = Requantization.Of(input.Scale / output.Scale);
        var slope = Requantization.Of(Math.Abs(input.Scale * alpha / output.Scale));

        return new KernelCall(
            "leaky_relu_s16",
            [
                ("count", node.Output.Shape.Count),
                ("input_zero_point", input.ZeroPoint),
                ("zero_point", output.ZeroPoint),
                ("identity_multiplier", identity.Multiplier),
                ("identity_shift", identity.Shift),
                ("slope_multiplier", slope.Multiplier),
                ("slope_shift", slope.Shift),
                ("slope_sign", alpha < 0 ? -1 : 1),
            ],
            [node.Input],
            [node.Output]);
    }
}
