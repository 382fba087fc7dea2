// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace TinyInfer.Managed.Tests;

/// <summary>Tensors as the bytes of recorded cases, through the arrays that the API takes.</summary>
internal static class RawTensor
{
    /// <summary>Writes the input from the start of the bytes; returns how many it took.</summary>
    public static int Write(Tensor tensor, ReadOnlySpan<byte> bytes)
    {
        switch (tensor.Type)
        {
            case ElementType.Int8:
                tensor.Write(MemoryMarshal.Cast<byte, sbyte>(bytes[..tensor.Size]).ToArray());
                return tensor.Size;
            case ElementType.UInt8 or ElementType.Bool:
                tensor.Write(bytes[..tensor.Size].ToArray());
                return tensor.Size;
            case ElementType.Int16:
                tensor.Write(MemoryMarshal.Cast<byte, short>(bytes[..(2 * tensor.Size)]).ToArray());
                return 2 * tensor.Size;
            case ElementType.Int32:
                tensor.Write(MemoryMarshal.Cast<byte, int>(bytes[..(4 * tensor.Size)]).ToArray());
                return 4 * tensor.Size;
            default:
                tensor.Write(MemoryMarshal.Cast<byte, float>(bytes[..(4 * tensor.Size)]).ToArray());
                return 4 * tensor.Size;
        }
    }

    public static byte[] Read(Tensor tensor)
    {
        switch (tensor.Type)
        {
            case ElementType.Int8:
                var s8 = new sbyte[tensor.Size];
                tensor.Read(s8);
                return [.. MemoryMarshal.Cast<sbyte, byte>(s8)];
            case ElementType.UInt8 or ElementType.Bool:
                var u8 = new byte[tensor.Size];
                tensor.Read(u8);
                return u8;
            case ElementType.Int16:
                var s16 = new short[tensor.Size];
                tensor.Read(s16);
                return [.. MemoryMarshal.Cast<short, byte>(s16)];
            case ElementType.Int32:
                var s32 = new int[tensor.Size];
                tensor.Read(s32);
                return [.. MemoryMarshal.Cast<int, byte>(s32)];
            default:
                var f32 = new float[tensor.Size];
                tensor.Read(f32);
                return [.. MemoryMarshal.Cast<float, byte>(f32)];
        }
    }
}
