// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>
/// SignalRfft as kissfft computes it in 16 bits: recursion over the factors 4, 4, .. and at last 2, every operand of a butterfly
/// divided by their number, products rounded to nearest.
/// </summary>
internal static class RfftReference
{
    public static long[][] Compute(ReferenceCall call)
    {
        var length = (int)call.Custom["fft_length"];
        var rowLength = call.Input.Shape[^1];
        return [[.. call.Input.Values.Chunk(rowLength).SelectMany(row => Row([.. row, .. new long[length - rowLength]]))]];
    }

    private static IEnumerable<long> Row(long[] row)
    {
        var n = row.Length / 2;
        var z = Transform([.. row.Chunk(2).Select(pair => new Point(pair[0], pair[1]))]);
        var output = new Point[n + 1];
        var first = z[0].Over(2);
        output[0] = new Point(first.Re + first.Im, 0);
        output[n] = new Point(first.Re - first.Im, 0);

        for (var k = 1; k <= n / 2; k++)
        {
            var (near, far) = (z[k].Over(2), new Point(z[n - k].Re, -z[n - k].Im).Over(2));
            var (a, b) = (near + far, (near - far) * Point.OnCircle(-Math.PI * (((double)k / n) + 0.5)));
            output[k] = new Point(Half(a.Re + b.Re), Half(a.Im + b.Im));
            output[n - k] = new Point(Half(a.Re - b.Re), Half(b.Im - a.Im));
        }

        return output.SelectMany(point => new[] { point.Re, point.Im });
    }

    private static long Half(long value) => (long)Math.Floor(value / 2.0);

    private static Point[] Transform(Point[] z)
    {
        if (z.Length == 1)
        {
            return z;
        }

        var radix = z.Length % 4 == 0 ? 4 : 2;
        var m = z.Length / radix;
        var parts = Enumerable.Range(0, radix).Select(part => Transform([.. z.Where((_, i) => i % radix == part)])).ToArray();
        var result = new Point[z.Length];

        for (var k = 0; k < m; k++)
        {
            var turned = parts.Select((part, q) => q == 0 ? part[k].Over(radix) : part[k].Over(radix) * Point.OnCircle(-2 * Math.PI * q * k / z.Length)).ToArray();
            if (radix == 2)
            {
                (result[k], result[k + 1]) = (turned[0] + turned[1], turned[0] - turned[1]);
                continue;
            }

            var (even, odd) = (turned[0] + turned[2], turned[0] - turned[2]);
            var (sum, difference) = (turned[1] + turned[3], turned[1] - turned[3]);
            result[k] = even + sum;
            result[k + m] = new Point(odd.Re + difference.Im, odd.Im - difference.Re);
            result[k + (2 * m)] = even - sum;
            result[k + (3 * m)] = new Point(odd.Re - difference.Im, odd.Im + difference.Re);
        }

        return result;
    }

    /// <summary>Two int16: what is stored wraps.</summary>
    private readonly record struct Point
    {
        public Point(long re, long im) => (Re, Im) = (unchecked((short)re), unchecked((short)im));

        public long Re { get; }

        public long Im { get; }

        public static Point operator +(Point a, Point b) => new(a.Re + b.Re, a.Im + b.Im);

        public static Point operator -(Point a, Point b) => new(a.Re - b.Re, a.Im - b.Im);

        public static Point operator *(Point a, Point b) => new(Rounded((a.Re * b.Re) - (a.Im * b.Im)), Rounded((a.Re * b.Im) + (a.Im * b.Re)));

        public static Point OnCircle(double angle) => new((long)Math.Floor(0.5 + (32767 * Math.Cos(angle))), (long)Math.Floor(0.5 + (32767 * Math.Sin(angle))));

        public Point Over(int divisor) => new(Rounded(Re * (32767 / divisor)), Rounded(Im * (32767 / divisor)));

        private static long Rounded(long product) => (long)Math.Floor((product / 32768.0) + 0.5);
    }
}
