// SPDX-License-Identifier: MIT
namespace TinyInfer.Samples
{
    /// <summary>Numbers of 0 and more in an array of bytes, lowest byte first.</summary>
    internal static class Bytes
    {
        internal static void Put(byte[] bytes, int start, int count, long value)
        {
            for (int i = 0; i < count; i++)
            {
                bytes[start + i] = (byte)(value >> (8 * i));
            }
        }

        internal static long Get(byte[] bytes, int start, int count)
        {
            long value = 0;
            for (int i = 0; i < count; i++)
            {
                value |= (long)bytes[start + i] << (8 * i);
            }

            return value;
        }
    }
}
