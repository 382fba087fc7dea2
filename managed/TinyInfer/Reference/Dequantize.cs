// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer
{
    /// <summary>dequantize_f32: kernels/dequantize/ti_dequantize.h.</summary>
    internal sealed class Dequantize : Kernel
    {
        internal override int ParameterCount => 4;

        internal override void Run(Step step)
        {
            int[] p = step.Parameters;
            int type = p[1];
            float scale = BitConverter.ToSingle(BitConverter.GetBytes(p[2]), 0);
            int size = Element.SizeOf(type);

            for (int i = 0; i < p[0]; i++)
            {
                int value = Element.Load(step.Inputs[0].Bytes, step.Inputs[0].Offset + (size * i), type) - p[3];
                Element.StoreFloat(step.Outputs[0].Bytes, step.Outputs[0].Offset + (4 * i), scale * value);
            }
        }
    }
}
