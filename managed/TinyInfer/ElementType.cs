// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>What a tensor holds. The numbers are those of <c>enum ti_type</c> in tinyinfer.h.</summary>
    public enum ElementType
    {
        /// <summary>Signed 8-bit integers, usually quantized: <c>sbyte[]</c>.</summary>
        Int8 = 1,

        /// <summary>Unsigned 8-bit integers, usually quantized: <c>byte[]</c>.</summary>
        UInt8 = 2,

        /// <summary>Signed 16-bit integers, usually quantized: <c>short[]</c>.</summary>
        Int16 = 3,

        /// <summary>Signed 32-bit integers: <c>int[]</c>.</summary>
        Int32 = 4,

        /// <summary>Signed 64-bit integers, of which <c>int[]</c> carries the low 32 bits.</summary>
        Int64 = 5,

        /// <summary>Single precision floating point: <c>float[]</c>.</summary>
        Float32 = 6,

        /// <summary>Truth values, one byte each, 0 or 1: <c>byte[]</c>.</summary>
        Bool = 7,

        /// <summary>Unsigned 32-bit integers, which no array carries.</summary>
        UInt32 = 8,

        /// <summary>Unsigned 64-bit integers, which no array carries.</summary>
        UInt64 = 9,
    }
}
