// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>An index of up to six dimensions: firmware-interop/kernels/common/ti_nd.h.</summary>
    internal static class NdIndex
    {
        internal const int Dimensions = 6;

        /// <summary>Goes to the next position of the first <paramref name="count"/> dimensions, row-major; false after the last one.</summary>
        internal static bool Next(int[] index, int[] dims, int count)
        {
            for (int d = count - 1; d >= 0; d--)
            {
                if (++index[d] < dims[d])
                {
                    return true;
                }

                index[d] = 0;
            }

            return false;
        }
    }
}
