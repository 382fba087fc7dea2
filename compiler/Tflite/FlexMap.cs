// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;

namespace TinyInfer.Compiler.Tflite;

/// <summary>
/// The options of a custom operator: untrusted bytes in FlatBuffers' schema-less FlexBuffers layout, whose root is a map. Numbers
/// and truth values are kept, all else is passed over. The file ends with the root, its type and its width; offsets lead back.
/// </summary>
internal sealed class FlexMap
{
    private const int MostEntries = 1 << 10;

    private readonly Dictionary<string, double> _numbers = [];
    private readonly HashSet<string> _others = [];
    private readonly byte[] _bytes;
    private readonly string _place;

    private FlexMap(byte[] bytes, string place)
    {
        _bytes = bytes;
        _place = place;
    }

    /// <summary>The types that matter here, by their numbers in the format.</summary>
    private enum FlexType
    {
        Int = 1,
        UInt = 2,
        Float = 3,
        IndirectInt = 6,
        IndirectUInt = 7,
        IndirectFloat = 8,
        Map = 9,
        Bool = 26,
    }

    public static FlexMap Read(ReadOnlyMemory<byte> options, string place)
    {
        var map = new FlexMap(options.ToArray(), place);
        map.ReadRoot();
        return map;
    }

    public int Int(string name) => Number(name) is var number && number is >= int.MinValue and <= int.MaxValue && number == Math.Floor(number)
        ? (int)number
        : throw new TfliteException($"{_place}: option {Quoted.Name(name)} is {number}, not an int32");

    public float Float(string name) => (float)Number(name);

    public int Int(string name, int otherwise) => _numbers.ContainsKey(name) ? Int(name) : otherwise;

    public bool Bool(string name, bool otherwise) => _numbers.TryGetValue(name, out var number) ? number != 0 : otherwise;

    private double Number(string name) =>
        _numbers.TryGetValue(name, out var number) ? number
        : throw new TfliteException($"{_place}: option {Quoted.Name(name)} is {(_others.Contains(name) ? "not a number" : "missing")}");

    private void ReadRoot()
    {
        var end = _bytes.Length;
        if (end < 3 || _bytes[end - 2] >> 2 != (int)FlexType.Map)
        {
            throw new TfliteException($"{_place}: its options are not a FlexBuffers map");
        }

        var root = end - 2 - _bytes[end - 1];
        ReadMap(Back(root, _bytes[end - 1]), 1 << (_bytes[end - 2] & 3));
    }

    // keys' offset, keys' width, count | values | types of the values
    private void ReadMap(long values, int width)
    {
        var count = Unsigned(values - width, width);
        var keys = Back(values - (3 * width), width);
        var keyWidth = (int)Math.Min(Unsigned(values - (2 * width), width), 255);
        if (count > MostEntries)
        {
            throw new TfliteException($"{_place}: {count} options are not supported (supported: {MostEntries})");
        }

        for (var i = 0; i < (long)count; i++)
        {
            var type = (int)Unsigned(values + ((long)count * width) + i, 1);
            var name = Text(Back(keys + (i * keyWidth), keyWidth));
            if (Value((FlexType)(type >> 2), values + (i * width), width, 1 << (type & 3)) is { } number)
            {
                _numbers[name] = number;
            }
            else
            {
                _others.Add(name);
            }
        }
    }

    private double? Value(FlexType type, long at, int width, int ownWidth) => type switch
    {
        FlexType.Int => Signed(at, width),
        FlexType.UInt or FlexType.Bool => Unsigned(at, width),
        FlexType.Float => Real(at, width),
        FlexType.IndirectInt => Signed(Back(at, width), ownWidth),
        FlexType.IndirectUInt => Unsigned(Back(at, width), ownWidth),
        FlexType.IndirectFloat => Real(Back(at, width), ownWidth),
        _ => null,
    };

    private long Back(long at, int width) => at - (long)Math.Min(Unsigned(at, width), int.MaxValue);

    private ReadOnlySpan<byte> Span(long at, int size) => at >= 0 && at + size <= _bytes.Length
        ? _bytes.AsSpan((int)at, size)
        : throw new TfliteException($"{_place}: its options run past their end ({_bytes.Length} bytes)");

    private ulong Unsigned(long at, int width) => width switch
    {
        1 => Span(at, 1)[0],
        2 => BinaryPrimitives.ReadUInt16LittleEndian(Span(at, 2)),
        4 => BinaryPrimitives.ReadUInt32LittleEndian(Span(at, 4)),
        8 => BinaryPrimitives.ReadUInt64LittleEndian(Span(at, 8)),
        _ => throw new TfliteException($"{_place}: its options have numbers of {width} bytes (1, 2, 4, 8)"),
    };

    private long Signed(long at, int width) => (long)(Unsigned(at, width) << (64 - (8 * width))) >> (64 - (8 * width));

    private double Real(long at, int width) => width switch
    {
        4 => BinaryPrimitives.ReadSingleLittleEndian(Span(at, 4)),
        8 => BinaryPrimitives.ReadDoubleLittleEndian(Span(at, 8)),
        _ => throw new TfliteException($"{_place}: its options have floats of {width} bytes (4, 8)"),
    };

    private string Text(long at)
    {
        var length = at >= 0 && at < _bytes.Length ? _bytes.AsSpan((int)at).IndexOf((byte)0) : -1;
        return length >= 0 ? Encoding.UTF8.GetString(_bytes, (int)at, length) : throw new TfliteException($"{_place}: a name of its options does not end");
    }
}
