// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Ir;

/// <summary>The type of a tensor's elements; the numbers are those of <c>enum ti_type</c> in tinyinfer.h.</summary>
internal enum ElementType
{
    S8 = 1,
    U8 = 2,
    S16 = 3,
    S32 = 4,
    S64 = 5,
    F32 = 6,
    Bool = 7,
    U32 = 8,
    U64 = 9,
}

internal static class ElementTypes
{
    /// <summary>Bytes of one element.</summary>
    public static int Size(this ElementType type) => type switch
    {
        ElementType.S8 or ElementType.U8 or ElementType.Bool => 1,
        ElementType.S16 => 2,
        ElementType.S32 or ElementType.U32 or ElementType.F32 => 4,
        ElementType.S64 or ElementType.U64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary>The name users know: int8, float32, ...</summary>
    public static string DisplayName(this ElementType type) => type switch
    {
        ElementType.S8 => "int8",
        ElementType.U8 => "uint8",
        ElementType.S16 => "int16",
        ElementType.S32 => "int32",
        ElementType.S64 => "int64",
        ElementType.F32 => "float32",
        ElementType.Bool => "bool",
        ElementType.U32 => "uint32",
        ElementType.U64 => "uint64",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    /// <summary>Lowest and highest stored value of a quantized type.</summary>
    public static (int Min, int Max) Range(this ElementType type) => type switch
    {
        ElementType.S8 => (sbyte.MinValue, sbyte.MaxValue),
        ElementType.U8 => (byte.MinValue, byte.MaxValue),
        ElementType.S16 => (short.MinValue, short.MaxValue),
        ElementType.S32 => (int.MinValue, int.MaxValue),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a quantized type"),
    };
}
