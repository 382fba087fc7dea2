// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>resize_bilinear_s8: kernels/resize_bilinear/ti_resize_bilinear.h.</summary>
    internal sealed class ResizeBilinear : Kernel
    {
        private const int Batch = 0;
        private const int InHeight = 1;
        private const int InWidth = 2;
        private const int OutHeight = 3;
        private const int OutWidth = 4;
        private const int Depth = 5;
        private const int One = 1024;

        internal override int ParameterCount => Depth + 1;

        internal override int ConstantInputs => 6;

        internal override void Run(Step step)
        {
            int[] p = step.Parameters;
            int row = p[InWidth] * p[Depth];
            int input = step.Inputs[0].Offset;
            int at = step.Outputs[0].Offset;

            for (int b = 0; b < p[Batch]; b++)
            {
                for (int y = 0; y < p[OutHeight]; y++)
                {
                    int upper = input + (step.Constants[1][3 * y] * row);
                    int lower = input + (step.Constants[1][(3 * y) + 1] * row);
                    for (int x = 0; x < p[OutWidth]; x++)
                    {
                        Blend(step, upper, lower, 3 * x, step.Constants[1][(3 * y) + 2], at);
                        at += p[Depth];
                    }
                }

                input += p[InHeight] * row;
            }
        }

        // One output position.
        private static void Blend(Step step, int upper, int lower, int column, int wy, int at)
        {
            byte[] input = step.Inputs[0].Bytes;
            int depth = step.Parameters[Depth];
            int first = step.Constants[2][column] * depth;
            int second = step.Constants[2][column + 1] * depth;
            int wx = step.Constants[2][column + 2];

            for (int c = 0; c < depth; c++)
            {
                int sum = ((sbyte)input[upper + first + c] * (One - wx) * (One - wy)) + ((sbyte)input[upper + second + c] * wx * (One - wy)) +
                    ((sbyte)input[lower + first + c] * (One - wx) * wy) + ((sbyte)input[lower + second + c] * wx * wy);
                int half = sum > 0 ? One * One / 2 : -(One * One / 2);
                step.Outputs[0].Bytes[at + c] = (byte)((sum + half) / (One * One));
            }
        }
    }
}
