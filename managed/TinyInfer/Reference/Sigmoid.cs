// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>Logistic and tanh of kernels/common/ti_sigmoid.h, from the table that images carry.</summary>
    internal static class Sigmoid
    {
        private const int Last = 255;

        internal static int Logistic(int x, Operand table)
        {
            int magnitude = x < 0 ? -x : x;
            int index = magnitude >> 9;
            int result = 0x7FFF << 10;
            if (index < Last)
            {
                int low = At(table, index);
                result = (low << 9) + ((magnitude & 511) * (At(table, index + 1) - low));
            }

            return (x >= 0 ? result + 512 : (1 << 25) - result + 511) >> 10;
        }

        internal static int Tanh(int x, Operand table)
        {
            int magnitude = x < 0 ? -x : x;
            int index = magnitude >> 8;
            int result = 0xFFFF << 8;
            if (index < Last)
            {
                int low = At(table, index);
                result = (low << 8) + ((magnitude & 255) * (At(table, index + 1) - low));
            }

            return (x >= 0 ? result - (1 << 23) + 128 : (1 << 23) - result + 127) >> 8;
        }

        private static int At(Operand table, int index)
        {
            int at = table.Offset + (2 * index);
            return table.Bytes[at] | (table.Bytes[at + 1] << 8);
        }
    }
}
