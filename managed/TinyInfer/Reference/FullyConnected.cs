// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>fully_connected_s8: kernels/fully_connected/ti_fully_connected.h.</summary>
    internal sealed class FullyConnected : Kernel
    {
        private const int Batch = 0;
        private const int InSize = 1;
        private const int OutSize = 2;
        private const int InputZeroPoint = 3;
        private const int WeightsZeroPoint = 4;
        private const int ZeroPoint = 5;
        private const int Min = 6;
        private const int Max = 7;

        internal override int ParameterCount => Max + 1;

        internal override int ConstantInputs => 0x1C;

        internal override void Run(Step step)
        {
            int[] p = step.Parameters;
            int inSize = p[InSize];
            int inputZeroPoint = p[InputZeroPoint];
            int weightsZeroPoint = p[WeightsZeroPoint];
            int[] bias = step.Constants[2];
            int[] multiplier = step.Constants[3];
            int[] shift = step.Constants[4];
            byte[] input = step.Inputs[0].Bytes;
            byte[] weights = step.Inputs[1].Bytes;
            byte[] output = step.Outputs[0].Bytes;
            int row = step.Inputs[0].Offset;
            int at = step.Outputs[0].Offset;

            for (int b = 0; b < p[Batch]; b++)
            {
                int w = step.Inputs[1].Offset;
                for (int o = 0; o < p[OutSize]; o++)
                {
                    int acc = bias[o];
                    int end = row + inSize;
                    for (int i = row; i < end; i++)
                    {
                        acc += ((sbyte)input[i] - inputZeroPoint) * ((sbyte)weights[w++] - weightsZeroPoint);
                    }

                    output[at++] = Fixed.Requantize(acc, multiplier[o], shift[o], p[ZeroPoint], p[Min], p[Max]);
                }

                row += inSize;
            }
        }
    }
}
