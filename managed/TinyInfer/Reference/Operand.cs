// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer
{
    /// <summary>A range of bytes in one of the memory regions.</summary>
    internal sealed class Operand
    {
        internal readonly byte[] Bytes;
        internal readonly int Offset;
        internal readonly int Size;

        /// <param name="bytes">The region.</param>
        /// <param name="offset">Where the range begins.</param>
        /// <param name="size">Its length in bytes.</param>
        internal Operand(byte[] bytes, int offset, int size)
        {
            if (offset < 0 || size < 0 || offset > bytes.Length || size > bytes.Length - offset)
            {
                throw new IndexOutOfRangeException();
            }

            Bytes = bytes;
            Offset = offset;
            Size = size;
        }

        /// <summary>The whole range as 32-bit integers.</summary>
        internal int[] ToInts()
        {
            int[] values = new int[Size / 4];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = BitConverter.ToInt32(Bytes, Offset + (4 * i));
            }

            return values;
        }
    }
}
