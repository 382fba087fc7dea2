// SPDX-License-Identifier: MIT
using System.Numerics;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>
/// SOFTMAX of int16: exp over [-10, 0] and 1 / (1 + x) over [0, 1] are straight lines between 513 points of 1/32768, each
/// moved by half of the line's error in the middle, rounded.
/// </summary>
internal static class Softmax16Reference
{
    private static readonly double[] Exp = Points(x => Math.Exp(10 * (x - 1)));
    private static readonly double[] Reciprocal = Points(x => 1 / (1 + x));

    public static long[][] Compute(ReferenceCall call)
    {
        var scale = (double)call.Input.Tensor.Scale * ((SoftmaxOptions)call.Options).Beta / (10.0 / 65535);
        return [[.. call.Input.Values.Chunk(call.Input.Shape[^1]).SelectMany(row => Row(row, scale))]];
    }

    private static IEnumerable<long> Row(long[] row, double scale)
    {
        var exps = row.Select(x => At(Exp, Math.Max(0, 65535 + Fixed.Scaled(x - row.Max(), scale)))).ToArray();
        var sum = exps.Sum();
        var bits = (int)BigInteger.Log2(sum);

        // sum = (1 + x) * 2^bits; x is rounded to 1/65536.
        var x65536 = (((sum << (31 - bits)) + (1 << 14)) >> 15) - 65536;
        var reciprocal = At(Reciprocal, Math.Min(x65536, 65535));
        return exps.Select(exp => Math.Clamp((long)Fixed.Floor((exp * reciprocal) + (1L << (bits - 1)), bits), 0, short.MaxValue));
    }

    /// <summary>The table at position / 65536, halves up.</summary>
    private static long At(double[] points, long position)
    {
        var (low, high) = (points[position / 128], points[(position / 128) + 1]);
        return (long)(low + Math.Floor((((high - low) * (position % 128)) + 64) / 128));
    }

    private static double[] Points(Func<double, double> function)
    {
        double Stored(double x) => Math.Round(32768 * function(x), MidpointRounding.AwayFromZero);

        return [.. Enumerable.Range(0, 513).Select(i =>
        {
            var middle = Math.Round(((32768 * function((i + 1) / 512.0)) + Stored(i / 512.0)) / 2, MidpointRounding.AwayFromZero);
            var error = i == 512 ? 0 : middle - Stored((i + 0.5) / 512);
            return Math.Min(Stored(i / 512.0) - Math.Round(error / 2, MidpointRounding.AwayFromZero), 32767);
        })];
    }
}
