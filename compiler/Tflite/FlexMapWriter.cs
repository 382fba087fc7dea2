// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Text;

namespace TinyInfer.Compiler.Tflite;

/// <summary>The options of a custom operator, as <see cref="FlexMap"/> reads them: a map of numbers, whole ones as 4-byte integers, others as 4-byte floats.</summary>
internal static class FlexMapWriter
{
    private const int Width = 4;
    private const byte FourBytes = 2;
    private const byte Int = (1 << 2) | FourBytes;
    private const byte Real = (3 << 2) | FourBytes;
    private const byte Map = (9 << 2) | FourBytes;

    public static byte[] Write(ImmutableSortedDictionary<string, double> options)
    {
        var bytes = new List<byte>();
        var names = new List<int>();
        foreach (var name in options.Keys)
        {
            names.Add(bytes.Count);
            bytes.AddRange([.. Encoding.UTF8.GetBytes(name), 0]);
        }

        bytes.AddRange(new byte[(Width - (bytes.Count % Width)) % Width]);
        Add(bytes, options.Count);
        var keys = bytes.Count;
        names.ForEach(name => Add(bytes, bytes.Count - name));

        Add(bytes, bytes.Count - keys);
        Add(bytes, Width);
        Add(bytes, options.Count);
        var values = bytes.Count;
        foreach (var number in options.Values)
        {
            bytes.AddRange(IsWhole(number) ? BitConverter.GetBytes((int)number) : BitConverter.GetBytes((float)number));
        }

        bytes.AddRange(options.Values.Select(number => IsWhole(number) ? Int : Real));
        var root = bytes.Count - values;
        return [.. bytes, (byte)root, Map, 1];
    }

    private static bool IsWhole(double number) => number == Math.Floor(number);

    private static void Add(List<byte> bytes, int number) => bytes.AddRange(BitConverter.GetBytes(number));
}
