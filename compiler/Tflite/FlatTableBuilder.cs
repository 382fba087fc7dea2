// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Text;

namespace TinyInfer.Compiler.Tflite;

/// <summary>
/// A table to be written: the mirror of <see cref="FlatTable"/>, with fields by the same numbers. A scalar equal to its
/// default is left out, as the format wants it; strings, vectors and tables are always written.
/// </summary>
internal sealed class FlatTableBuilder
{
    private readonly List<FlatField> _fields = [];

    public IReadOnlyList<FlatField> Fields => _fields;

    public void Byte(int field, byte value) => Scalar(field, sizeof(byte), value, 0);

    public void Bool(int field, bool value, bool otherwise = false) => Scalar(field, sizeof(byte), value ? 1 : 0, otherwise ? 1 : 0);

    public void Int(int field, int value, int otherwise = 0) => Scalar(field, sizeof(int), value, otherwise);

    public void Long(int field, long value) => Scalar(field, sizeof(long), value, 0);

    public void Float(int field, float value) => Scalar(field, sizeof(float), BitConverter.SingleToInt32Bits(value), 0);

    public void String(int field, string value) => Reference(field, new FlatString(Encoding.UTF8.GetBytes(value)));

    public void Bytes(int field, ReadOnlyMemory<byte> value, int alignment) => Reference(field, new FlatVector(value, sizeof(byte), alignment));

    public void Ints(int field, IEnumerable<int> values) => Vector(field, values.ToArray());

    public void Longs(int field, IEnumerable<long> values) => Vector(field, values.ToArray());

    public void Floats(int field, IEnumerable<float> values) => Vector(field, values.ToArray());

    public void Table(int field, FlatTableBuilder table) => Reference(field, new FlatChild(table));

    public void Tables(int field, IEnumerable<FlatTableBuilder> tables) => Reference(field, new FlatChildren([.. tables]));

    private void Vector<T>(int field, T[] values)
        where T : unmanaged
    {
        var size = Marshal.SizeOf<T>();
        Reference(field, new FlatVector(MemoryMarshal.AsBytes<T>(values).ToArray(), size, size));
    }

    private void Scalar(int field, int size, long value, long otherwise)
    {
        if (value != otherwise)
        {
            _fields.Add(new FlatField(field, size, value, null));
        }
    }

    private void Reference(int field, FlatObject target) => _fields.Add(new FlatField(field, sizeof(uint), 0, target));
}

/// <summary>A scalar of <paramref name="Size"/> bytes, or a reference when <paramref name="Target"/> is there.</summary>
internal sealed record FlatField(int Number, int Size, long Value, FlatObject? Target);

/// <summary>Anything a reference can name.</summary>
internal abstract record FlatObject;

internal sealed record FlatString(ReadOnlyMemory<byte> Utf8) : FlatObject;

/// <summary>The alignment is that of the first element, not of the length before it.</summary>
internal sealed record FlatVector(ReadOnlyMemory<byte> Content, int ElementSize, int Alignment) : FlatObject;

internal sealed record FlatChild(FlatTableBuilder Table) : FlatObject;

internal sealed record FlatChildren(IReadOnlyList<FlatTableBuilder> Tables) : FlatObject;
