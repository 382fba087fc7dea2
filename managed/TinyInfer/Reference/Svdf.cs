// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer
{
    /// <summary>svdf_s8 and svdf_s16: kernels/svdf/ti_svdf.h.</summary>
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
        private readonly int _type;

        /// <param name="type">Of the state and of the filters over time: <see cref="Element.S8"/> or <see cref="Element.S16"/>.</param>
        internal Svdf(int type)
        {
            _type = type;
        }

        internal override int ParameterCount => Shift + 1;

        internal override int ConstantInputs => 0x14;

        internal override void Run(Step step)
        {
            int[] p = step.Parameters;
            int[] bias = step.Constants[4];
            byte[] state = step.Outputs[1].Bytes;
            byte[] time = step.Inputs[3].Bytes;
            byte[] output = step.Outputs[0].Bytes;
            int size = Element.SizeOf(_type);
            int last = (p[Memory] - 1) * size;
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
                        int fresh = Element.Clamp(Feature(step, b, (u * p[Rank]) + r), _type) + p[StateZeroPoint];
                        Array.Copy(state, s + size, state, s, last);
                        Element.Store(state, s + last, _type, fresh);
                        for (int j = 0; j <= last; j += size)
                        {
                            sum += Element.Load(state, s + j, _type) * Element.Load(time, t + j, _type);
                        }

                        s += last + size;
                        t += last + size;
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
