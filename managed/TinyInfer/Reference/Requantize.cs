// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>requantize: kernels/quantize/ti_quantize.h.</summary>
    internal sealed class Requantize : Kernel
    {
        internal override int ParameterCount => 7;

        internal override void Run(Step step)
        {
            int[] p = step.Parameters;
            int from = Element.SizeOf(p[1]);
            int to = Element.SizeOf(p[2]);

            for (int i = 0; i < p[0]; i++)
            {
                int value = Element.Load(step.Inputs[0].Bytes, step.Inputs[0].Offset + (from * i), p[1]) - p[3];
                int scaled = Fixed.Multiply(value, p[4], p[5]) + p[6];
                Element.Store(step.Outputs[0].Bytes, step.Outputs[0].Offset + (to * i), p[2], Element.Clamp(scaled, p[2]));
            }
        }
    }
}
