// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.Arithmetic;

/// <summary>
/// The accumulators that one output channel can reach, whatever the input bytes: bias + sum of weights[i] * input[i] with each input in
/// -128..127. A tap that padding leaves out counts like an input at the zero point, so it is covered.
/// </summary>
/// <param name="Bias">With the input's zero point folded in.</param>
/// <param name="Least">Of the sum without bias.</param>
/// <param name="Most">Of the sum without bias.</param>
internal readonly record struct AccumulatorRange(long Bias, long Least, long Most)
{
    public long Low => Bias + Least;

    public long High => Bias + Most;

    /// <summary>256 * acc + delta fits 32 bits.</summary>
    public bool FitsScaled => Low > -(1 << 23) + 2 && High < (1 << 23) - 2;

    /// <summary>The accumulator of the reference does not overflow.</summary>
    public bool FitsWord => Low >= int.MinValue && High <= int.MaxValue;

    public static AccumulatorRange Of(ReadOnlySpan<sbyte> weights, long bias)
    {
        var (least, most) = (0L, 0L);
        foreach (var weight in weights)
        {
            least += Math.Min(weight * sbyte.MinValue, weight * sbyte.MaxValue);
            most += Math.Max(weight * sbyte.MinValue, weight * sbyte.MaxValue);
        }

        return new AccumulatorRange(bias, least, most);
    }
}
