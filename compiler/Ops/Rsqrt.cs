// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// output = 1 / sqrt(input). Zero gives the highest output, as in TFLite Micro, which stops the model at a negative input;
/// here that gives the highest output too.
/// </summary>
internal sealed record Rsqrt : TableOp
{
    private const int Precision = 20;

    public override string Name => "rsqrt";

    public static void Import(ImportContext context) => context.Add(new Rsqrt(), [context.Input(0)], [context.Output(0)]);

    public override void Check(Node node)
    {
        base.Check(node);
        if (node.Input.Type == ElementType.F32)
        {
            return;
        }

        var most = node.Input.Type == ElementType.S8 ? Precision : Precision + 8;
        Require.That(
            Scale(node).Shift >= Precision - 31 && Scale(node).Shift <= most, node, "the output's scale is too far from 1 / sqrt of the input's", $"a factor of 2^-11 to 2^{most}");
    }

    protected override IReadOnlyList<ElementType> WideTypes => [ElementType.S16, ElementType.F32];

    protected override KernelCall Wide(Node node) => node.Input.Type == ElementType.F32 ? RealFunction.Rsqrt.Call(node) : new(
        "rsqrt_s16",
        [
            ("count", node.Output.Shape.Count),
            ("input_zero_point", node.Input.Quantization!.ZeroPoint),
            ("multiplier", Scale(node).Multiplier),
            ("shift", Scale(node).Shift - Precision),
            ("zero_point", node.Output.Quantization!.ZeroPoint),
        ],
        [node.Input],
        [node.Output]);

    protected override Func<int, int> Function(Node node)
    {
        var (zeroPoint, outputZeroPoint) = (node.Input.Quantization!.ZeroPoint, node.Output.Quantization!.ZeroPoint);
        var scale = Scale(node) with { Shift = Scale(node).Shift - Precision };

        return stored =>
        {
            if (stored <= zeroPoint)
            {
                return sbyte.MaxValue;
            }

            var root = FixedPointFunctions.InverseSqrt(stored - zeroPoint);
            var precise = (root with { Shift = root.Shift + Precision }).Apply(1);
            return FixedPoint.Saturated(unchecked(scale.Apply(precise) + outputZeroPoint));
        };
    }

    private static Requantization Scale(Node node) =>
        Requantization.Of(1.0 / (MathF.Sqrt(node.Input.Quantization!.Scale) * node.Output.Quantization!.Scale));
}
