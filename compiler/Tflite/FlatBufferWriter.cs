// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace TinyInfer.Compiler.Tflite;

/// <summary>
/// Lays tables out front to back. References are distances forward, so a table goes before everything it names: objects
/// wait in a queue, each with the place to be patched when its own is known. Equal vtables are stored once.
/// </summary>
internal sealed class FlatBufferWriter
{
    private readonly MemoryStream _file = new();
    private readonly Queue<(int Place, FlatObject Target)> _waiting = new();
    private readonly Dictionary<string, int> _vtables = [];

    /// <summary>Writes a whole file: the reference to the root, four letters naming the schema, then everything else.</summary>
    public static byte[] Write(FlatTableBuilder root, ReadOnlySpan<byte> identifier)
    {
        var writer = new FlatBufferWriter();
        writer.Reference(new FlatChild(root));
        writer._file.Write(identifier);

        while (writer._waiting.TryDequeue(out var next))
        {
            writer.Place(next.Place, next.Target);
        }

        return writer._file.ToArray();
    }

    private void Place(int place, FlatObject target)
    {
        var position = target switch
        {
            FlatString text => Text(text),
            FlatVector vector => Vector(vector),
            FlatChildren children => Children(children),
            FlatChild child => Table(child.Table),
            _ => throw new ArgumentOutOfRangeException(nameof(target)),
        };

        BinaryPrimitives.WriteInt32LittleEndian(_file.GetBuffer().AsSpan(place), position - place);
    }

    private int Text(FlatString text)
    {
        var position = Vector(new FlatVector(text.Utf8, sizeof(byte), sizeof(uint)));
        _file.WriteByte(0);
        return position;
    }

    private int Vector(FlatVector vector)
    {
        Align(Math.Max(vector.Alignment, sizeof(uint)), ahead: sizeof(uint));
        var position = (int)_file.Length;
        Scalar(vector.Content.Length / vector.ElementSize, sizeof(uint));
        _file.Write(vector.Content.Span);
        return position;
    }

    private int Children(FlatChildren children)
    {
        Align(sizeof(uint));
        var position = (int)_file.Length;
        Scalar(children.Tables.Count, sizeof(uint));

        foreach (var table in children.Tables)
        {
            Reference(new FlatChild(table));
        }

        return position;
    }

    private int Table(FlatTableBuilder table)
    {
        // Large fields first: then only the gap before the first of them needs padding.
        var fields = table.Fields.OrderByDescending(field => field.Size).ThenBy(field => field.Number).ToList();
        var offsets = new ushort[table.Fields.Select(field => field.Number + 1).DefaultIfEmpty(0).Max()];
        var alignment = sizeof(int);
        var size = sizeof(int);

        foreach (var field in fields)
        {
            alignment = Math.Max(alignment, field.Size);
            size = AlignUp(size, field.Size);
            offsets[field.Number] = (ushort)size;
            size += field.Size;
        }

        var vtable = Vtable(offsets, size);
        Align(alignment);
        var position = (int)_file.Length;
        Scalar(position - vtable, sizeof(int));

        foreach (var field in fields)
        {
            Align(field.Size);

            if (field.Target is null)
            {
                Scalar(field.Value, field.Size);
            }
            else
            {
                Reference(field.Target);
            }
        }

        return position;
    }

    private int Vtable(ushort[] offsets, int tableSize)
    {
        var key = $"{tableSize}:{string.Join(",", offsets)}";

        if (!_vtables.TryGetValue(key, out var position))
        {
            Align(sizeof(ushort));
            position = (int)_file.Length;
            _vtables.Add(key, position);
            Scalar((2 + offsets.Length) * sizeof(ushort), sizeof(ushort));
            Scalar(tableSize, sizeof(ushort));

            foreach (var offset in offsets)
            {
                Scalar(offset, sizeof(ushort));
            }
        }

        return position;
    }

    private void Reference(FlatObject target)
    {
        _waiting.Enqueue(((int)_file.Length, target));
        Scalar(0, sizeof(uint));
    }

    private void Scalar(long value, int size)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        _file.Write(bytes[..size]);
    }

    /// <summary>Pads until the byte <paramref name="ahead"/> of the end falls on a multiple of the alignment.</summary>
    private void Align(int alignment, int ahead = 0)
    {
        while ((_file.Length + ahead) % alignment != 0)
        {
            _file.WriteByte(0);
        }
    }

    private static int AlignUp(int value, int alignment) => (value + alignment - 1) / alignment * alignment;
}
