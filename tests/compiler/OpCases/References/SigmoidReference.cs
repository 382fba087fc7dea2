// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>
/// TFLite's logistic and tanh of 16-bit numbers: straight lines between 256 points of sigmoid(i / 24), a point lying half of the
/// chord's error above the curve. SigmoidTests compares it with TensorFlow Lite, all 65536 inputs.
/// </summary>
internal static class SigmoidReference
{
    /// <summary>Q0.15 of logistic(x / 12288).</summary>
    public static long Logistic(long x)
    {
        var (point, rest) = (Math.Abs(x) / 512, Math.Abs(x) % 512);
        var q25 = point >= 255 ? 32767 << 10 : (Point(point) * 512) + (rest * (Point(point + 1) - Point(point)));
        return Floor(x >= 0 ? q25 + 512 : (1 << 25) - q25 + 511, 1024);
    }

    /// <summary>Q0.15 of tanh(x / 12288) = 2 * logistic(2 * x / 12288) - 1.</summary>
    public static long Tanh(long x)
    {
        var (point, rest) = (Math.Abs(x) / 256, Math.Abs(x) % 256);
        var q24 = point >= 255 ? 65535 << 8 : (Point(point) * 256) + (rest * (Point(point + 1) - Point(point)));
        var q23 = q24 - (1 << 23);
        return Floor(x >= 0 ? q23 + 128 : -q23 + 127, 256);
    }

    private static long Floor(long dividend, long divisor) => (long)Math.Floor((double)dividend / divisor);

    private static long Point(long i)
    {
        var s = 1 / (1 + Math.Exp(-i / 24.0));
        return i == 255 ? 65535 : (long)Math.Round(65536 * (s + (s * (1 - s) * Math.Abs(1 - (2 * s)) / (16 * 24 * 24))));
    }
}
