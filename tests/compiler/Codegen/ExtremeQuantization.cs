// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>
/// Scales of the weights and biases of one layer, drawn from the ends of what the arithmetic allows: effective scales from those too small for a
/// multiplier to above 1, multipliers at both ends of their range, channels whose output never changes, accumulators at the bounds of 2^23 and 2^31,
/// and accumulators that lie right at a step of the output or right before it when all inputs are the lowest or all are the highest.
/// </summary>
internal sealed class ExtremeQuantization(Random random)
{
    private const int LeastExponent = -34;
    private const int ScaledBound = (1 << 23) - 2;
    private const int FarFromBound = 1 << 20;

    /// <summary>The largest float below 1: its multiplier is the largest there is.</summary>
    private static readonly float BelowOne = MathF.BitDecrement(1);

    private readonly bool _isMixed = random.Next(3) > 0;
    private readonly bool _overflows = random.Next(6) == 0;
    private readonly (int Least, int Most) _exponents = random.Next(4) switch
    {
        0 => (LeastExponent, 1),
        1 => (-7, 2),
        2 => (-12, -2),
        _ => (-19, -12),
    };

    /// <summary>A power of two, that less the smallest step, or anything around.</summary>
    public static double Factor(Random random, int leastExponent, int mostExponent) => Math.Pow(2, random.Next(leastExponent, mostExponent)) * random.Next(3) switch
    {
        0 => 1,
        1 => BelowOne,
        _ => Math.Pow(2, random.NextDouble()),
    };

    /// <param name="type">Of the inputs.</param>
    public (float[] Scales, int[] Bias) Of(Quantization input, IReadOnlyList<sbyte[]> weights, Quantization output, ElementType type = ElementType.S8)
    {
        var shared = Exponent();
        var scales = new float[weights.Count];
        var bias = new int[weights.Count];
        for (var channel = 0; channel < weights.Count; channel++)
        {
            var exponent = _isMixed ? Exponent() : shared;
            scales[channel] = (float)(Factor(random, exponent, exponent + 1) * output.Scale / input.Scale);
            var scale = Requantization.Of((double)input.Scale * scales[channel] / output.Scale);
            bias[channel] = (int)Math.Clamp(Bias(input.ZeroPoint, weights[channel], scale, type), int.MinValue, int.MaxValue);
        }

        return (scales, bias);
    }

    // A bias with which the largest sum of these weights is right at a bound, or the least one.
    private static long AtBound(Random random, ReadOnlySpan<sbyte> weights, int zeroPoint, long bound, ElementType type = ElementType.S8)
    {
        var (least, most) = SumsOf(weights, zeroPoint, type);
        return random.Next(2) == 0 ? bound - most : -bound - least;
    }

    private int Exponent() => random.Next(_exponents.Least, _exponents.Most);

    private long Bias(int zeroPoint, sbyte[] weights, Requantization scale, ElementType type)
    {
        var sums = weights.Sum(weight => (long)weight);
        var (lowest, highest) = type.Range();
        var (low, high) = ((lowest - zeroPoint) * sums, (highest - zeroPoint) * sums);
        var wide = type == ElementType.S16;
        return random.Next(8) switch
        {
            0 => AtBound(random, weights, zeroPoint, (wide ? int.MaxValue : ScaledBound - 1) + (_overflows ? random.Next(2) : 0), type),
            1 => AtBound(random, weights, zeroPoint, (wide ? int.MaxValue : ScaledBound - 1) >> random.Next(3), type),
            2 when _overflows => AtBound(random, weights, zeroPoint, int.MaxValue, type),
            3 => random.Next(-FarFromBound, FarFromBound),
            _ => AtStep(scale, wide) - (random.Next(2) == 0 ? low : high),
        };
    }

    private static (long Least, long Most) SumsOf(ReadOnlySpan<sbyte> weights, int zeroPoint, ElementType type)
    {
        var (lowest, highest) = type.Range();
        var (least, most) = (0L, 0L);
        foreach (var weight in weights)
        {
            least += Math.Min((long)weight * (lowest - zeroPoint), (long)weight * (highest - zeroPoint));
            most += Math.Max((long)weight * (lowest - zeroPoint), (long)weight * (highest - zeroPoint));
        }

        return (least, most);
    }

    // The first accumulator whose output is some level, or the last one below.
    private int AtStep(Requantization scale, bool wide)
    {
        var level = random.Next(3) == 0 ? random.Next(-255, 256) * (wide ? 256 : 1) : random.Next(-3, 4);
        var bound = wide ? 1 << 29 : ScaledBound;
        var (below, at) = (-bound, bound);
        while (at - below > 1)
        {
            var middle = below + ((at - below) / 2);
            (below, at) = Output(middle) >= level ? (below, middle) : (middle, at);
        }

        return at - random.Next(2);

        long Output(int sum) => wide ? ((sum * (long)scale.Wide.Multiplier) + (1L << (scale.Wide.Shift - 1))) >> scale.Wide.Shift : scale.Apply(sum);
    }
}
