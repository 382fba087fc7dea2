// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer
{
    /// <summary>svdf_s8: kernels/svdf/ti_svdf.h.</summary>
    internal sealed class Svdf : Kernel
    {
        private const int Batch = 0;
        private const int InSize = 1;
        private const int Units = 2;
        private const int Rank = 3;
        private const int Memory = 4;
        private const int StateZeroPoint = 5;
        private const int ZeroPoint = 6;
        private const int FeatureMultiplier = 7;
        private const int FeatureShift = 8;
        private const int Multiplier = 9;
        private const int Shift = 10;

        internal override int ParameterCount => Shift + 1;

        internal override int ConstantInputs => 0x14;

        internal override void Run(Step step)
        {
            int[] p = step.Parameters;
            int[] bias = step.Constants[4];
            byte[] state = step.Outputs[1].Bytes;
            byte[] time = step.Inputs[3].Bytes;
            byte[] output = step.Outputs[0].Bytes;
            int memory = p[Memory];
            int s = step.Outputs[1].Offset;
            int at = step.Outputs[0].Offset;

            Array.Copy(step.Inputs[5].Bytes, step.Inputs[5].Offset, state, s, step.Outputs[1].Size);
            for (int b = 0; b < p[Batch]; b++)
            {
                int t = step.Inputs[3].Offset;
                for (int u = 0; u < p[Units]; u++)
                {
                    int sum = bias[u];
                    for (int r = 0; r < p[Rank]; r++)
                    {
                        int fresh = Fixed.Clamp(Feature(step, b, (u * p[Rank]) + r), sbyte.MinValue, sbyte.MaxValue) + p[StateZeroPoint];
                        Array.Copy(state, s + 1, state, s, memory - 1);
                        state[s + memory - 1] = (byte)fresh;
                        for (int j = 0; j < memory; j++)
                        {
                            sum += (sbyte)state[s++] * (sbyte)time[t++];
                        }
                    }

                    output[at++] = Fixed.Requantize(sum, p[Multiplier], p[Shift], p[ZeroPoint], sbyte.MinValue, sbyte.MaxValue);
                }
            }
        }

        private static int Feature(Step step, int batch, int filter)
        {
            int[] p = step.Parameters;
            byte[] input = step.Inputs[0].Bytes;
            byte[] weights = step.Inputs[1].Bytes;
            int i = step.Inputs[0].Offset + (batch * p[InSize]);
            int w = step.Inputs[1].Offset + (filter * p[InSize]);
            int sum = step.Constants[2][filter];
            for (int end = i + p[InSize]; i < end; i++)
            {
                sum += (sbyte)input[i] * (sbyte)weights[w++];
            }

            return Fixed.Multiply(sum, p[FeatureMultiplier], p[FeatureShift]);
        }
    }
}
