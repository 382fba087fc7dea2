// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace TinyInfer.Compiler.Tflite;

/// <summary>
/// Untrusted bytes in FlatBuffers layout: little-endian, and every reference is the distance from where it is stored to what it names.
/// <para>
/// Nothing forbids a file to name one table a million times, so bounds alone do not limit the work. Every visit is therefore
/// charged by its size to a budget proportional to the file; an honest file, which names each thing about once, uses a fraction of it.
/// </para>
/// </summary>
internal sealed class FlatBuffer(ReadOnlyMemory<byte> file)
{
    private const int ReferenceSize = sizeof(uint);
    private const long FreeBytes = 1 << 20;
    private const long VisitsPerByte = 8;
    private const long VisitOverhead = 16;

    private long _budget = FreeBytes + (VisitsPerByte * file.Length);

    public FlatTable Root() => TableAt(0);

    /// <summary>Reads the table named by the reference stored at <paramref name="position"/>.</summary>
    public FlatTable TableAt(long position)
    {
        var table = Follow(position, "table");
        Require(table, sizeof(int), "table");
        var vtable = table - I32((int)table);
        Require(vtable, 2 * sizeof(ushort), "vtable");
        int vtableSize = U16((int)vtable);
        int tableSize = U16((int)vtable + sizeof(ushort));

        if (vtableSize < 2 * sizeof(ushort) || vtableSize % sizeof(ushort) != 0)
        {
            throw new TfliteException($"offset 0x{vtable:x}: a vtable cannot have {vtableSize} bytes");
        }

        if (tableSize < sizeof(int))
        {
            throw new TfliteException($"offset 0x{vtable:x}: a table cannot have {tableSize} bytes");
        }

        Require(vtable, vtableSize, "vtable");
        Require(table, tableSize, "table");
        Charge(table, vtableSize);

        return new FlatTable(this, (int)table, tableSize, (int)vtable, vtableSize);
    }

    /// <summary>Finds the first element and the length of the vector named by the reference at <paramref name="position"/>.</summary>
    public (int Start, int Count) VectorAt(int position, int elementSize, bool copied)
    {
        var vector = Follow(position, "vector");
        Require(vector, sizeof(uint), "vector");
        long count = U32((int)vector);

        if (vector + sizeof(uint) + (count * elementSize) > file.Length)
        {
            throw new TfliteException(
                $"offset 0x{vector:x}: vector of {count} elements runs past the end of the file (file has {file.Length} bytes)");
        }

        Charge(vector, copied ? count * elementSize : 0);
        return ((int)vector + sizeof(uint), (int)count);
    }

    /// <summary>Returns a part of the file, without a copy.</summary>
    public ReadOnlyMemory<byte> Bytes(int start, int count) => file.Slice(start, count);

    /// <summary>Returns bytes stored outside the tables, at an absolute place which the file itself states.</summary>
    public ReadOnlyMemory<byte> Appended(ulong offset, ulong size, string what)
    {
        if (offset > (ulong)file.Length || size > (ulong)file.Length - offset)
        {
            throw new TfliteException(
                $"{what}: {size} bytes at offset 0x{offset:x} run past the end of the file (file has {file.Length} bytes)");
        }

        return file.Slice((int)offset, (int)size);
    }

    public ushort U16(int position) => BinaryPrimitives.ReadUInt16LittleEndian(file.Span[position..]);

    public int I32(int position) => BinaryPrimitives.ReadInt32LittleEndian(file.Span[position..]);

    public uint U32(int position) => BinaryPrimitives.ReadUInt32LittleEndian(file.Span[position..]);

    public long I64(int position) => BinaryPrimitives.ReadInt64LittleEndian(file.Span[position..]);

    public float F32(int position) => BinaryPrimitives.ReadSingleLittleEndian(file.Span[position..]);

    public byte U8(int position) => file.Span[position];

    private long Follow(long position, string what)
    {
        Require(position, ReferenceSize, $"reference to a {what}");
        return position + U32((int)position);
    }

    private void Require(long position, long size, string what)
    {
        if (position < 0 || position + size > file.Length)
        {
            var place = position < 0 ? $"offset -0x{-position:x}" : $"offset 0x{position:x}";
            throw new TfliteException($"{place}: {what} lies outside the file (file has {file.Length} bytes)");
        }
    }

    private void Charge(long position, long size)
    {
        _budget -= size + VisitOverhead;

        if (_budget < 0)
        {
            throw new TfliteException($"offset 0x{position:x}: the file names the same tables over and over; it is damaged or hostile");
        }
    }
}
