// SPDX-License-Identifier: MIT
using System.Text;

namespace TinyInfer.Compiler.Commands;

/// <summary>A grey picture as lines of text: one character for two pixels above each other, darker ones with less ink.</summary>
internal static class Picture
{
    private const string Ink = " .:-=+*#%@";

    /// <param name="pixels">Row-major int8, -128 black.</param>
    public static IReadOnlyList<string> Lines(ReadOnlySpan<byte> pixels, int height, int width)
    {
        var lines = new List<string>();
        for (var y = 0; y + 1 < height; y += 2)
        {
            var line = new StringBuilder();
            for (var x = 0; x < width; x++)
            {
                var light = (Brightness(pixels[(y * width) + x]) + Brightness(pixels[((y + 1) * width) + x])) / 2;
                line.Append(Ink[light * Ink.Length / 256]);
            }

            lines.Add(line.ToString());
        }

        return lines;
    }

    private static int Brightness(byte stored) => (sbyte)stored + 128;
}
