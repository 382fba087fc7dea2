// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer
{
    /// <summary>copy_nd: kernels/copy_nd/ti_copy_nd.h.</summary>
    internal sealed class CopyNd : Kernel
    {
        private const int InStride = 6;
        private const int OutStride = 12;
        private const int InOffset = 18;
        private const int OutOffset = 19;
        private const int RunLength = 20;

        internal override int ParameterCount => 21;

        internal override void Prepare(Step step) => step.Index = new int[NdIndex.Dimensions];

        internal override void Run(Step step)
        {
            int[] p = step.Parameters;
            int[] index = step.Index;

            do
            {
                int from = step.Inputs[0].Offset + p[InOffset];
                int to = step.Outputs[0].Offset + p[OutOffset];
                for (int d = 0; d < NdIndex.Dimensions; d++)
                {
                    from += index[d] * p[InStride + d];
                    to += index[d] * p[OutStride + d];
                }

                Array.Copy(step.Inputs[0].Bytes, from, step.Outputs[0].Bytes, to, p[RunLength]);
            }
            while (NdIndex.Next(index, p, NdIndex.Dimensions));
        }
    }
}
