// SPDX-License-Identifier: MIT
using System.Text;

namespace TinyInfer.Quantizer;

/// <summary>Writes the constants of the audio front end; <c>ti_frontend.h</c> says what each is for.</summary>
internal static class FrontendTables
{
    public const string File = "firmware-interop/frontend/ti_frontend_tables.c";

    private const int Window = 480;
    private const int Fft = 512;
    private const int Rate = 16000;
    private const int Channels = 20;
    private const double Lowest = 80;
    private const double Highest = 7600;

    public static string Source()
    {
        var positions = Enumerable.Range(0, Fft / 2).Select(Position).ToArray();
        var text = new StringBuilder("""
            /* SPDX-License-Identifier: MIT */
            /* Generated: dotnet run --project models/quantizer -- tables */
            /* clang-format off */
            #include "ti_frontend_tables.h"

            """);
        Array(text, "int16_t ti_frontend_hann[480]", Enumerable.Range(0, Window).Select(n => Q15(Math.Pow(Math.Sin(Math.PI * (n + 0.5) / Window), 2))));
        Array(text, "int16_t ti_frontend_twiddle[512]", Enumerable.Range(0, Fft / 2).SelectMany(Twiddle));
        Array(text, "uint8_t ti_frontend_upper[256]", positions.Select(position => (int)Math.Floor(position)));
        Array(text, "uint16_t ti_frontend_rise[256]", positions.Select(position => (int)Math.Round((position - Math.Floor(position)) * 4096)));
        Array(text, "uint16_t ti_frontend_log2[33]", Enumerable.Range(0, 33).Select(i => (int)Math.Round(1024 * Math.Log2(1 + (i / 32.0)))));
        return text.ToString();
    }

    private static int Q15(double value) => (int)Math.Round(value * 32767, MidpointRounding.AwayFromZero);

    private static int[] Twiddle(int k) => [Q15(Math.Cos(2 * Math.PI * k / Fft)), Q15(Math.Sin(2 * Math.PI * k / Fft))];

    // Where bin k lies between the corners of the triangles: in [c, c + 1) it rises to the peak of channel c.
    private static double Position(int bin)
    {
        var frequency = bin * (double)Rate / Fft;
        var inside = Math.Clamp(frequency, Lowest, Highest - 1e-6);
        return (Mel(inside) - Mel(Lowest)) / (Mel(Highest) - Mel(Lowest)) * (Channels + 1);
    }

    private static double Mel(double frequency) => 1127 * Math.Log(1 + (frequency / 700));

    private static void Array(StringBuilder text, string declaration, IEnumerable<int> values)
    {
        text.Append($"\nconst {declaration} = {{\n");
        foreach (var line in values.Chunk(12))
        {
            text.Append($"    {string.Join(", ", line)},\n");
        }

        text.Append("};\n");
    }
}
