// SPDX-License-Identifier: MIT
using System.Numerics;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>
/// SOFTMAX by its fixed-point definition in gemmlowp, element by element. Numbers are integers x that stand for x / 2^f; the
/// names say the fraction f.
/// </summary>
internal static class SoftmaxReference
{
    private const long Largest = int.MaxValue;

    public static long[][] Compute(ReferenceCall call)
    {
        var depth = call.Input.Shape[^1];
        var bits = call.Output.Type == TensorType.INT16 ? 16 : 8;
        var real = Math.Min((double)((SoftmaxOptions)call.Options).Beta * call.Input.Tensor.Scale * (1 << 26), Largest);
        return [[.. call.Input.Values.Chunk(depth).SelectMany(row => Row(row, real, bits)).Select(element => Math.Min(element + call.Output.Range.Min, call.Output.Range.Max))]];
    }

    private static IEnumerable<long> Row(long[] row, double real, int bits)
    {
        var (multiplier, shift) = Fixed.Multiplier(real);
        var lowest = -(long)Math.Floor(31.0 * (1L << 26) / (1L << shift));
        var exps31 = row.Select(x => x - row.Max()).Select(x => x < lowest ? 0 : Exp31(Fixed.Scaled(x, multiplier, shift))).ToArray();
        var sum19 = exps31.Sum(exp => Rounded(exp, 12));
        var over = (int)BigInteger.Log2(sum19) - 19;
        var reciprocal31 = OneOverOnePlus31((sum19 << (31 - 19 - over)) - (1L << 31));
        return exps31.Select(exp => Rounded(Product(exp, reciprocal31), over + 31 - bits));
    }

    /// <summary>e^x of x / 2^26, x not positive.</summary>
    private static long Exp31(long x)
    {
        (double Power, long Exp31)[] powers =
            [(0.25, 1672461947), (0.5, 1302514674), (1, 790015084), (2, 290630308), (4, 39332535), (8, 720401), (16, 242)];

        if (x == 0)
        {
            return Largest;
        }

        // x = near - far, with near in [-1/4, 0) and far a multiple of 1/4.
        const long Quarter = 1 << 24;
        var near = (((x % Quarter) + Quarter) % Quarter) - Quarter;
        var far = near - x;
        var eighth31 = (near << 5) + (1L << 28);
        var square = Product(eighth31, eighth31);
        var terms = Product(Rounded(Product(square, square), 2) + Product(square, eighth31), 715827883) + square;
        var result = 1895147668 + Product(1895147668, eighth31 + Rounded(terms, 1));

        foreach (var (power, exp) in powers)
        {
            if (far / (long)(power * (1 << 26)) % 2 == 1)
            {
                result = Product(result, exp);
            }
        }

        return result;
    }

    /// <summary>1 / (1 + x) of x / 2^31 in [0, 1): three steps of Newton's iteration for the reciprocal of (1 + x) / 2.</summary>
    private static long OneOverOnePlus31(long x)
    {
        var half31 = (x + Largest + 1) / 2;
        var y29 = 1515870810 + Product(half31, -1010580540);
        for (var i = 0; i < 3; i++)
        {
            y29 += Math.Clamp(4 * Product(y29, (1L << 29) - Product(half31, y29)), int.MinValue, Largest);
        }

        return Math.Min(2 * y29, Largest);
    }

    private static long Product(long a, long b) => (long)Fixed.Floor((new BigInteger(a) * b) + (1L << 30), 31);

    private static long Rounded(long x, int bits) => (long)Fixed.HalfAway(x, BigInteger.One << bits);
}
