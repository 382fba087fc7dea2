// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>output = activation(input), a RELU, RELU6 or RELU_N1_TO_1 of its own.</summary>
internal sealed record Relu(Activation Activation) : TableOp
{
    public override string Name => "relu";

    protected override string Attributes => Activation.Text();

    public static void Import(ImportContext context) => Import(context, Activation.Relu);

    public static void Import6(ImportContext context) => Import(context, Activation.Relu6);

    public static void ImportN1To1(ImportContext context) => Import(context, Activation.ReluN1To1);

    protected override IReadOnlyList<ElementType> WideTypes => Activation == Activation.ReluN1To1 ? [ElementType.F32] : [ElementType.S16, ElementType.F32];

    protected override KernelCall Wide(Node node)
    {
        if (node.Input.Type == ElementType.S16)
        {
            var (zero, six) = Activation.Bounds(node.Input);
            return Activation == Activation.Relu6
                ? new KernelCall("clamp_s16", [("count", node.Output.Shape.Count), ("min", zero), ("max", six)], [node.Input], [node.Output])
                : LeakyRelu.Call(node, 0);
        }

        // Of its own, RELU leaves infinity as it is.
        var (min, max) = Activation == Activation.Relu ? (0, float.PositiveInfinity) : Activation.RealBounds();
        return new KernelCall("relu_f32", [("count", node.Output.Shape.Count), ("min", min), ("max", max)], [node.Input], [node.Output]);
    }

    protected override Func<int, int> Function(Node node)
    {
        var (input, output) = (node.Input.Quantization!, node.Output.Quantization!);

        // TFLite Micro clamps stored values by the input's quantization and takes the output's for the same.
        if (Activation == Activation.Relu6)
        {
            var (zero, six) = Activation.Bounds(node.Input);
            return value => Math.Clamp(value, zero, six);
        }

        var scale = Requantization.Of(input.Scale / output.Scale);
        var (min, max) = Activation.Bounds(node.Output);
        return value => Math.Clamp(unchecked(scale.Apply(value - input.ZeroPoint) + output.ZeroPoint), min, max);
    }

    private static void Import(ImportContext context, Activation activation) =>
        context.Add(new Relu(activation), [context.Input(0)], [context.Output(0)]);
}
