// SPDX-License-Identifier: MIT
using System.Text;

namespace TinyInfer.Compiler.Tflite;

/// <summary>
/// One table of a <see cref="FlatBuffer"/>. Fields are named by their number in the schema, counted from 0 (a union takes two:
/// its kind, then its table). A field that is absent reads as its default; <c>default(FlatTable)</c> is a table without fields.
/// </summary>
internal readonly struct FlatTable(FlatBuffer buffer, int position, int size, int vtable, int vtableSize)
{
    private readonly FlatBuffer? _buffer = buffer;

    public FlatBuffer Buffer => _buffer!;

    public bool Has(int field) => Find(field, 1) is not null;

    public byte Byte(int field) => Find(field, sizeof(byte)) is { } at ? Buffer.U8(at) : (byte)0;

    public bool Bool(int field, bool otherwise = false) => Find(field, sizeof(byte)) is { } at ? Buffer.U8(at) != 0 : otherwise;

    public int Int(int field, int otherwise = 0) => Find(field, sizeof(int)) is { } at ? Buffer.I32(at) : otherwise;

    public uint UInt(int field) => Find(field, sizeof(uint)) is { } at ? Buffer.U32(at) : 0;

    public ulong ULong(int field) => Find(field, sizeof(ulong)) is { } at ? (ulong)Buffer.I64(at) : 0;

    /// <summary>Reads a number that must be finite: no attribute of an operator may be anything else.</summary>
    public float Float(int field)
    {
        if (Find(field, sizeof(float)) is not { } at)
        {
            return 0;
        }

        var value = Buffer.F32(at);
        return float.IsFinite(value) ? value : throw new TfliteException($"offset 0x{at:x}: {value} is not a finite number");
    }

    /// <summary>Reads an enumeration kept in one byte, whose values run from 0 to <paramref name="last"/>.</summary>
    public byte Enum(int field, byte last, string what)
    {
        if (Find(field, sizeof(byte)) is not { } at)
        {
            return 0;
        }

        var value = Buffer.U8(at);
        return value <= last ? value : throw new TfliteException($"offset 0x{at:x}: {what} {value} is not known (known: 0 to {last})");
    }

    public string String(int field)
    {
        var (start, count) = Vector(field, sizeof(byte));
        return count == 0 ? "" : Encoding.UTF8.GetString(Buffer.Bytes(start, count).Span);
    }

    public FlatTable? Table(int field) => Find(field, sizeof(uint)) is { } at ? Buffer.TableAt(at) : null;

    public FlatTable[] Tables(int field, string what, int limit)
    {
        var (start, count) = Vector(field, sizeof(uint));

        if (count > limit)
        {
            throw new TfliteException($"{count} {what} are too many (supported: {limit})");
        }

        var tables = new FlatTable[count];
        for (var i = 0; i < count; i++)
        {
            tables[i] = Buffer.TableAt(start + (i * sizeof(uint)));
        }

        return tables;
    }

    public ReadOnlyMemory<byte> Bytes(int field)
    {
        var (start, count) = Vector(field, sizeof(byte), copied: false);
        return count == 0 ? default : Buffer.Bytes(start, count);
    }

    public int[] Ints(int field)
    {
        var (start, count) = Vector(field, sizeof(int));
        var items = new int[count];
        for (var i = 0; i < count; i++)
        {
            items[i] = Buffer.I32(start + (i * sizeof(int)));
        }

        return items;
    }

    public long[] Longs(int field)
    {
        var (start, count) = Vector(field, sizeof(long));
        var items = new long[count];
        for (var i = 0; i < count; i++)
        {
            items[i] = Buffer.I64(start + (i * sizeof(long)));
        }

        return items;
    }

    public float[] Floats(int field)
    {
        var (start, count) = Vector(field, sizeof(float));
        var items = new float[count];
        for (var i = 0; i < count; i++)
        {
            items[i] = Buffer.F32(start + (i * sizeof(float)));
        }

        return items;
    }

    private (int Start, int Count) Vector(int field, int elementSize, bool copied = true) =>
        Find(field, sizeof(uint)) is { } at ? Buffer.VectorAt(at, elementSize, copied) : (0, 0);

    private int? Find(int field, int fieldSize)
    {
        var entry = (2 + field) * sizeof(ushort);

        if (_buffer is null || entry + sizeof(ushort) > vtableSize)
        {
            return null;
        }

        int offset = _buffer.U16(vtable + entry);

        if (offset == 0)
        {
            return null;
        }

        if (offset < sizeof(int) || offset + fieldSize > size)
        {
            throw new TfliteException($"offset 0x{vtable + entry:x}: field {field} lies outside its table of {size} bytes at 0x{position:x}");
        }

        return position + offset;
    }
}
