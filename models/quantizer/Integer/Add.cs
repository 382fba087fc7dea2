// SPDX-License-Identifier: MIT
namespace TinyInfer.Quantizer.Integer;

/// <summary>ADD: both inputs are brought to half of the larger scale with 20 more bits, added, and brought to the output scale.</summary>
internal sealed record Add(QuantizedValue Left, QuantizedValue Right, QuantizedValue Result, Activation Activation)
    : IntegerLayer([Left, Right], Result)
{
    private const int ExtraBits = 20;

    public override sbyte[] Run(IReadOnlyList<sbyte[]> inputs, Rules rules)
    {
        var unit = 2.0 * Math.Max(Left.Scale, Right.Scale);
        var left = FixedPoint.Decompose(Left.Scale / unit);
        var right = FixedPoint.Decompose(Right.Scale / unit);
        var result = FixedPoint.Decompose(unit / ((1 << ExtraBits) * (double)Result.Scale));
        var (min, max) = Bounds(Activation);
        var output = new sbyte[inputs[0].Length];

        for (var i = 0; i < output.Length; i++)
        {
            var a = FixedPoint.Multiply((inputs[0][i] - Left.ZeroPoint) << ExtraBits, left.Multiplier, left.Shift);
            var b = FixedPoint.Multiply((inputs[1][i] - Right.ZeroPoint) << ExtraBits, right.Multiplier, right.Shift);
            output[i] = (sbyte)Math.Clamp(FixedPoint.Multiply(a + b, result.Multiplier, result.Shift) + Result.ZeroPoint, min, max);
        }

        return output;
    }

    public override void Write(ModelBuilder model) => model.Add(Left, Right, Result, Activation);
}
