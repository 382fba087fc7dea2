// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer
{
    /// <summary>Stored elements of every type in a region of bytes, little-endian. Types are those of <see cref="ElementType"/>.</summary>
    internal static class Element
    {
        internal const int S8 = (int)ElementType.Int8;
        internal const int U8 = (int)ElementType.UInt8;
        internal const int S16 = (int)ElementType.Int16;
        internal const int S32 = (int)ElementType.Int32;
        internal const int S64 = (int)ElementType.Int64;
        internal const int F32 = (int)ElementType.Float32;
        internal const int Bool = (int)ElementType.Bool;
        internal const int U32 = (int)ElementType.UInt32;
        internal const int U64 = (int)ElementType.UInt64;
        private const int Infinity = 0x7F800000;

        /// <summary>Bytes of an element, 0 for an unknown type.</summary>
        internal static int SizeOf(int type)
        {
            switch (type)
            {
                case S8:
                case U8:
                case Bool:
                    return 1;
                case S16:
                    return 2;
                case S32:
                case U32:
                case F32:
                    return 4;
                case S64:
                case U64:
                    return 8;
                default:
                    return 0;
            }
        }

        /// <summary>The element at a byte offset; of S64 the low 32 bits, of F32 the bits.</summary>
        internal static int Load(byte[] bytes, int at, int type)
        {
            switch (type)
            {
                case S8:
                    return (sbyte)bytes[at];
                case S16:
                    return (short)(bytes[at] | (bytes[at + 1] << 8));
                case S32:
                case U32:
                case S64:
                case U64:
                case F32:
                    return bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
                default:
                    return bytes[at];
            }
        }

        /// <summary>Stores the low bytes of a value; S64 is extended with its sign.</summary>
        internal static void Store(byte[] bytes, int at, int type, int value)
        {
            int size = SizeOf(type);
            for (int i = 0; i < size; i++)
            {
                bytes[at + i] = (byte)(value >> (i < 4 ? 8 * i : 31));
            }
        }

        /// <summary>
        /// The bits of a float as an integer of the same order. nanoCLR's own comparisons hold what is not a number for greater than
        /// any number, and infinities for equal.
        /// </summary>
        internal static int Ordered(int bits) => bits < 0 ? -(bits & int.MaxValue) : bits;

        /// <summary>Whether the bits of a float are not a number.</summary>
        internal static bool IsNaN(int bits) => (bits & int.MaxValue) > Infinity;

        internal static float LoadFloat(byte[] bytes, int at) => BitConverter.ToSingle(bytes, at);

        internal static void StoreFloat(byte[] bytes, int at, float value)
        {
            byte[] four = BitConverter.GetBytes(value);
            bytes[at] = four[0];
            bytes[at + 1] = four[1];
            bytes[at + 2] = four[2];
            bytes[at + 3] = four[3];
        }

        /// <summary>The stored integer of a real number: kernels/quantize/ti_quantize.h.</summary>
        internal static int Quantize(float value, float scale, int zeroPoint, int type)
        {
            float limit = type == S16 ? 131072.0F : 512.0F;
            float real = float.IsNaN(value) ? -limit : value / scale;
            real = real > -limit ? real : -limit;
            real = real < limit ? real : limit;

            int whole = (int)real;
            float fraction = real - whole;
            return Clamp(whole + (fraction >= 0.5F ? 1 : 0) - (fraction <= -0.5F ? 1 : 0) + zeroPoint, type);
        }

        /// <summary>A value cut to the range of S8, U8 or S16; other types have all 32 bits.</summary>
        internal static int Clamp(int value, int type)
        {
            switch (type)
            {
                case S8:
                    return Fixed.Clamp(value, sbyte.MinValue, sbyte.MaxValue);
                case U8:
                    return Fixed.Clamp(value, 0, byte.MaxValue);
                case S16:
                    return Fixed.Clamp(value, short.MinValue, short.MaxValue);
                default:
                    return value;
            }
        }
    }
}
