// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>lut_s8: kernels/lut/ti_lut.h.</summary>
    internal sealed class Lut : Kernel
    {
        internal override int ParameterCount => 1;

        internal override void Run(Step step)
        {
            byte[] input = step.Inputs[0].Bytes;
            byte[] table = step.Inputs[1].Bytes;
            byte[] output = step.Outputs[0].Bytes;
            int from = step.Inputs[0].Offset;
            int first = step.Inputs[1].Offset;
            int to = step.Outputs[0].Offset;

            for (int i = 0; i < step.Parameters[0]; i++)
            {
                output[to + i] = table[first + input[from + i]];
            }
        }
    }
}
