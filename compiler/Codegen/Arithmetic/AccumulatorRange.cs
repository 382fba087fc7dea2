// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.Arithmetic;

/// <summary>
/// The accumulators that one output channel can reach, whatever the input bytes: bias + sum of weights[i] * input[i] with each input in
/// -128..127. A tap that padding leaves out counts like an input at the zero point, so it is covered.
/// </summary>
internal readonly record struct AccumulatorRange(int Low, int High)
{
    /// <summary>256 * acc + delta fits 32 bits.</summary>
    public bool FitsScaled => Low > -(1 << 23) + 2 && High < (1 << 23) - 2;

    /// <param name="bias">With the input's zero point folded in.</param>
    public static AccumulatorRange Of(ReadOnlySpan<sbyte> weights, long bias)
    {
        var (low, high) = (bias, bias);
        foreach (var weight in weights)
        {
            low += Math.Min(weight * sbyte.MinValue, weight * sbyte.MaxValue);
            high += Math.Max(weight * sbyte.MinValue, weight * sbyte.MaxValue);
        }

        return new AccumulatorRange((int)Math.Max(low, int.MinValue), (int)Math.Min(high, int.MaxValue));
    }
}
