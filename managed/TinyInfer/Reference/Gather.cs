// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer
{
    /// <summary>gather: kernels/gather/ti_gather.h.</summary>
    internal sealed class Gather : Kernel
    {
        internal override int ParameterCount => 5;

        internal override void Run(Step step)
        {
            int[] p = step.Parameters;
            int axis = p[2];
            int count = p[3];
            int item = p[4];
            int from = step.Inputs[0].Offset;
            int indices = step.Inputs[1].Offset;
            int to = step.Outputs[0].Offset;

            for (int b = 0; b < p[0]; b++)
            {
                for (int o = 0; o < p[1]; o++)
                {
                    for (int i = 0; i < count; i++)
                    {
                        int index = Fixed.Clamp(Element.Load(step.Inputs[1].Bytes, indices + (4 * i), Element.S32), 0, axis - 1);
                        Array.Copy(step.Inputs[0].Bytes, from + (index * item), step.Outputs[0].Bytes, to, item);
                        to += item;
                    }

                    from += axis * item;
                }

                indices += 4 * count;
            }
        }
    }
}
