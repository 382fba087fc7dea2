// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer
{
    /// <summary>pad_nd: kernels/pad_nd/ti_pad_nd.h.</summary>
    internal sealed class PadNd : Kernel
    {
        private const int Before = 6;
        private const int After = 12;
        private const int ElementSize = 18;
        private const int Value = 19;

        internal override int ParameterCount => 21;

        internal override void Prepare(Step step) => step.Index = new int[NdIndex.Dimensions];

        internal override void Run(Step step)
        {
            int[] p = step.Parameters;
            int[] index = step.Index;
            int size = p[ElementSize];
            int from = step.Inputs[0].Offset;
            int to = step.Outputs[0].Offset;

            // Every element of the output in order; the inner ones take the elements of the input in order.
            do
            {
                if (Inside(index, p))
                {
                    Array.Copy(step.Inputs[0].Bytes, from, step.Outputs[0].Bytes, to, size);
                    from += size;
                }
                else
                {
                    for (int i = 0; i < size; i++)
                    {
                        step.Outputs[0].Bytes[to + i] = (byte)(p[Value + (i >> 2)] >> (8 * (i & 3)));
                    }
                }

                to += size;
            }
            while (Next(index, p));
        }

        private static bool Inside(int[] index, int[] p)
        {
            for (int d = 0; d < NdIndex.Dimensions; d++)
            {
                if (index[d] < p[Before + d] || index[d] - p[Before + d] >= p[d])
                {
                    return false;
                }
            }

            return true;
        }

        private static bool Next(int[] index, int[] p)
        {
            for (int d = NdIndex.Dimensions - 1; d >= 0; d--)
            {
                if (++index[d] < p[Before + d] + p[d] + p[After + d])
                {
                    return true;
                }

                index[d] = 0;
            }

            return false;
        }
    }
}
