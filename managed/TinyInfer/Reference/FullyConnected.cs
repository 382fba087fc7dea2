// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>fully_connected_s8: kernels/fully_connected/ti_fully_connected.h.</summary>
    internal sealed class FullyConnected : Kernel
    {
        internal override int ParameterCount => 6;

        internal override int ConstantInputs => 0x1C;

        internal override void Run(Step step)
        {
            int[] p = step.Parameters;
            int batch = p[0];
            int inSize = p[1];
            int outSize = p[2];
            int[] bias = step.Constants[2];
            int[] multiplier = step.Constants[3];
            int[] shift = step.Constants[4];
            byte[] input = step.Inputs[0].Bytes;
            byte[] weights = step.Inputs[1].Bytes;
            byte[] output = step.Outputs[0].Bytes;
            int row = step.Inputs[0].Offset;
            int at = step.Outputs[0].Offset;

            for (int b = 0; b < batch; b++)
            {
                int w = step.Inputs[1].Offset;
                for (int o = 0; o < outSize; o++)
                {
                    int acc = bias[o];
                    int end = row + inSize;
                    for (int i = row; i < end; i++)
                    {
                        acc += (sbyte)input[i] * (sbyte)weights[w++];
                    }

                    output[at++] = Fixed.Requantize(acc, multiplier[o], shift[o], p[3], p[4], p[5]);
                }

                row += inSize;
            }
        }
    }
}
