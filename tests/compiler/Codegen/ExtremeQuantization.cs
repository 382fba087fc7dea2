// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>
/// Scales of the weights and biases of one layer, drawn from the ends of what the arithmetic allows: effective scales from 2^-30 to
/// above 1, channels whose output never changes, accumulators at the bounds of 2^23 and 2^31, and accumulators that lie right at a step of the
/// output or right before it when all inputs are -128 or all are 127.
/// </summary>
internal sealed class ExtremeQuantization(Random random)
{
    private const int LeastExponent = -30;
    private const int ScaledBound = (1 << 23) - 2;
    private const int FarFromBound = 1 << 20;

    private readonly bool _isMixed = random.Next(3) > 0;
    private readonly bool _overflows = random.Next(6) == 0;
    private readonly (int Least, int Most) _exponents = random.Next(4) switch
    {
        0 => (LeastExponent, 1),
        1 => (-7, 2),
        2 => (-12, -2),
        _ => (-19, -12),
    };

    public (float[] Scales, int[] Bias) Of(Quantization input, IReadOnlyList<sbyte[]> weights, Quantization output)
    {
        var shared = Exponent();
        var scales = new float[weights.Count];
        var bias = new int[weights.Count];
        for (var channel = 0; channel < weights.Count; channel++)
        {
            var effective = Math.Pow(2, (_isMixed ? Exponent() : shared) + random.NextDouble());
            scales[channel] = (float)(effective * output.Scale / input.Scale);
            var scale = Requantization.Of((double)input.Scale * scales[channel] / output.Scale);
            bias[channel] = (int)Math.Clamp(Bias(input.ZeroPoint, weights[channel], scale), int.MinValue, int.MaxValue);
        }

        return (scales, bias);
    }

    private int Exponent() => random.Next(_exponents.Least, _exponents.Most);

    private long Bias(int zeroPoint, sbyte[] weights, Requantization scale)
    {
        var sums = weights.Sum(weight => (long)weight);
        var (low, high) = (-128 * sums - (zeroPoint * sums), 127 * sums - (zeroPoint * sums));
        var most = weights.Sum(weight => Math.Max(-128L * weight, 127L * weight)) - (zeroPoint * sums);
        var least = weights.Sum(weight => Math.Min(-128L * weight, 127L * weight)) - (zeroPoint * sums);
        return random.Next(8) switch
        {
            0 => ScaledBound - 1 - most + (_overflows ? random.Next(2) : 0),
            1 => -ScaledBound + 1 - least - (_overflows ? random.Next(2) : 0),
            2 when _overflows => random.Next(2) == 0 ? int.MaxValue - most : int.MinValue - least,
            3 => random.Next(-FarFromBound, FarFromBound),
            _ => AtStep(scale) - (random.Next(2) == 0 ? low : high),
        };
    }

    // The first accumulator whose output is some level, or the last one below.
    private int AtStep(Requantization scale)
    {
        var level = random.Next(3) == 0 ? random.Next(-255, 256) : random.Next(-3, 4);
        var (below, at) = (-ScaledBound, ScaledBound);
        while (at - below > 1)
        {
            var middle = below + ((at - below) / 2);
            (below, at) = scale.Apply(middle) >= level ? (below, middle) : (middle, at);
        }

        return at - random.Next(2);
    }
}
