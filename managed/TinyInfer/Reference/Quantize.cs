// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer
{
    /// <summary>quantize_f32: kernels/quantize/ti_quantize.h.</summary>
    internal sealed class Quantize : Kernel
    {
        internal override int ParameterCount => 4;

        internal override void Run(Step step)
        {
            int[] p = step.Parameters;
            int type = p[1];
            float scale = BitConverter.ToSingle(BitConverter.GetBytes(p[2]), 0);
            int size = Element.SizeOf(type);

            // In place an output never lies behind the input it comes from.
            for (int i = 0; i < p[0]; i++)
            {
                float real = Element.LoadFloat(step.Inputs[0].Bytes, step.Inputs[0].Offset + (4 * i));
                Element.Store(step.Outputs[0].Bytes, step.Outputs[0].Offset + (size * i), type, Element.Quantize(real, scale, p[3], type));
            }
        }
    }
}
