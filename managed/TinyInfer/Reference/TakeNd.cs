// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer
{
    /// <summary>take_nd: kernels/take_nd/ti_take_nd.h.</summary>
    internal sealed class TakeNd : Kernel
    {
        internal override int ParameterCount => 7;

        internal override int ConstantInputs => 2;

        internal override void Prepare(Step step) => step.Index = new int[NdIndex.Dimensions];

        internal override void Run(Step step)
        {
            int[] p = step.Parameters;
            int[] index = step.Index;
            int[] offsets = step.Constants[1];
            int run = p[NdIndex.Dimensions];
            int to = step.Outputs[0].Offset;

            do
            {
                int from = step.Inputs[0].Offset;
                int table = 0;
                for (int d = 0; d < NdIndex.Dimensions; d++)
                {
                    from += offsets[table + index[d]];
                    table += p[d];
                }

                Array.Copy(step.Inputs[0].Bytes, from, step.Outputs[0].Bytes, to, run);
                to += run;
            }
            while (NdIndex.Next(index, p, NdIndex.Dimensions));
        }
    }
}
