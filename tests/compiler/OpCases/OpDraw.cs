// SPDX-License-Identifier: MIT
using System.Globalization;

namespace TinyInfer.Compiler.Tests.OpCases;

/// <summary>What the lines of <see cref="RandomOps"/> are drawn from. Equal seeds give equal lines.</summary>
internal sealed class OpDraw(int seed)
{
    private static readonly int[] ZeroPoints = [-128, 127, 0, -3, 5, 77];
    private readonly Random _random = new(seed);

    public int Next(int from, int to) => _random.Next(from, to + 1);

    public T Of<T>(params T[] items) => items[_random.Next(items.Length)];

    public bool OneIn(int chances) => _random.Next(chances) == 0;

    /// <summary>Sizes from 1 on, of so many dimensions.</summary>
    public int[] Shape(int fewest = 1, int most = 4, int largest = 6) => [.. Enumerable.Range(0, Next(fewest, most)).Select(_ => OneIn(12) ? Next(largest, 4 * largest) : Next(1, largest))];

    /// <summary>The same with some dimensions 1, or without the first ones: it is repeated to that shape.</summary>
    public int[] Repeated(int[] shape)
    {
        int[] some = [.. shape.Select(size => OneIn(3) ? 1 : size)];
        return OneIn(3) ? some[_random.Next(some.Length)..] : some;
    }

    public string Int8() => $"{Number(Math.Pow(2, -_random.NextDouble() * 9))}@{Of(ZeroPoints)}";

    public string Int16() => $"{Number(Math.Pow(2, -8 - (_random.NextDouble() * 7)))}@0";

    /// <summary>A scale within a factor of that of another tensor.</summary>
    public string Near(string quantization, double factor = 3)
    {
        var parts = quantization.Split('@');
        var scale = double.Parse(parts[0], CultureInfo.InvariantCulture) * Math.Pow(factor, (2 * _random.NextDouble()) - 1);
        return $"{Number(scale)}@{(parts[1] == "0" && OneIn(2) ? 0 : Of(ZeroPoints))}";
    }

    public static string Number(double number) => ((float)number).ToString("R", CultureInfo.InvariantCulture);

    public static string Text(IEnumerable<int> numbers) => string.Join(',', numbers);

    /// <summary>A type whose elements are moved as they are, and what is behind its shape.</summary>
    public (string Type, string Contents) Moved() => Of(("int8", Int8()), ("int16", Int16()), ("int32", "-99999..99999"), ("float32", "-9..9"), ("bool", ""));

    public int[] Shuffled(int count)
    {
        int[] numbers = [.. Enumerable.Range(0, count)];
        _random.Shuffle(numbers);
        return numbers;
    }
}
