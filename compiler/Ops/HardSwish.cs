// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>output = input * min(6, max(0, input + 3)) / 6, in 16-bit fixed point as TFLite Micro computes it.</summary>
internal sealed record HardSwish : TableOp
{
    public override string Name => "hard_swish";

    public static void Import(ImportContext context) => context.Add(new HardSwish(), [context.Input(0)], [context.Output(0)]);

    public override void Check(Node node)
    {
        base.Check(node);
        Require.That(node.Input.Type == ElementType.F32 || OutputScale(node).Shift <= 0, node, "the output's scale is too small for the input's", "at least a 128th of the input's");
    }

    protected override IReadOnlyList<ElementType> WideTypes => [ElementType.F32];

    protected override KernelCall Wide(Node node) => RealFunction.HardSwish.Call(node);

    protected override Func<int, int> Function(Node node)
    {
        var (inputZeroPoint, outputZeroPoint) = (node.Input.Quantization!.ZeroPoint, node.Output.Quantization!.ZeroPoint);
        var output = OutputScale(node);
        var reluish = Requantization.Of(HighResolution(node) / (3f / 32768f));
        var (outputMultiplier, reluishMultiplier) = (Short(output.Multiplier), Short(reluish.Multiplier));

        return stored =>
        {
            // With seven bits below the point: +-255 * 128 fits 16 bits.
            var value = (stored - inputZeroPoint) << 7;

            // The input in [-3, 3] as [-1, 1) in Q0.15, saturated outside, then as [0, 1).
            var ramp = value;
            if (reluish.Shift > 0)
            {
                ramp = Shift(ramp, reluish.Shift - 1);
            }

            ramp = RoundedProduct(ramp, reluishMultiplier);
            ramp = reluish.Shift > 0 ? Shift(ramp, 1) : FixedPoint.DivideShortByPot(ramp, -reluish.Shift);
            ramp = (ramp + (1 << 15)) >> 1;

            // Truncated, not rounded: this cancels the bias of the rounded products before it.
            var product = ramp * RoundedProduct(value, outputMultiplier) / (1 << 15);
            return FixedPoint.Saturated(FixedPoint.DivideShortByPot(product, -output.Shift) + outputZeroPoint);
        };
    }

    private static float HighResolution(Node node) => (1f / 128f) * node.Input.Quantization!.Scale;

    private static Requantization OutputScale(Node node) => Requantization.Of(HighResolution(node) / node.Output.Quantization!.Scale);

    /// <summary>A Q0.31 as Q0.15, rounded, one being out of reach.</summary>
    private static int Short(int multiplier) => (int)Math.Min(short.MaxValue, ((long)multiplier + (1 << 15)) >> 16);

    private static int Shift(int value, int exponent) => (int)Math.Clamp((long)value << exponent, short.MinValue, short.MaxValue);

    private static int RoundedProduct(int a, int b) => ((a * b) + (1 << 14)) >> 15;
}
