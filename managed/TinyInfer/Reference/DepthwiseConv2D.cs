// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>depthwise_conv_2d_s8: kernels/depthwise_conv_2d/ti_depthwise_conv_2d.h.</summary>
    internal sealed class DepthwiseConv2D : Kernel
    {
        private const int Batch = 0;
        private const int Rows = 1;
        private const int Columns = Rows + Window.Words;
        private const int InDepth = Columns + Window.Words;
        private const int DepthMultiplier = InDepth + 1;
        private const int InputZeroPoint = InDepth + 2;
        private const int ZeroPoint = InDepth + 3;
        private const int Min = InDepth + 4;
        private const int Max = InDepth + 5;

        internal override int ParameterCount => Max + 1;

        internal override int ConstantInputs => 0x1C;

        internal override void Prepare(Step step)
        {
            step.Rows = new Window(step.Parameters, Rows);
            step.Columns = new Window(step.Parameters, Columns);
        }

        internal override void Run(Step step)
        {
            int[] p = step.Parameters;
            Window rows = step.Rows;
            Window columns = step.Columns;
            int outDepth = p[InDepth] * p[DepthMultiplier];
            int image = step.Inputs[0].Offset;
            int at = step.Outputs[0].Offset;

            for (int b = 0; b < p[Batch]; b++)
            {
                for (int y = 0; y < rows.Out; y++)
                {
                    int originY = rows.Origin(y);
                    for (int x = 0; x < columns.Out; x++)
                    {
                        int originX = columns.Origin(x);
                        for (int o = 0; o < outDepth; o++)
                        {
                            int acc = step.Constants[2][o] + Sum(step, image, originY, originX, o, outDepth);
                            step.Outputs[0].Bytes[at++] =
                                Fixed.Requantize(acc, step.Constants[3][o], step.Constants[4][o], p[ZeroPoint], p[Min], p[Max]);
                        }
                    }
                }

                image += rows.In * columns.In * p[InDepth];
            }
        }

        // The taps of one output inside the input.
        private static int Sum(Step step, int image, int originY, int originX, int o, int outDepth)
        {
            int[] p = step.Parameters;
            byte[] input = step.Inputs[0].Bytes;
            byte[] weights = step.Inputs[1].Bytes;
            Window rows = step.Rows;
            Window columns = step.Columns;
            int offset = p[InputZeroPoint];
            int endY = rows.End(originY);
            int firstX = columns.First(originX);
            int endX = columns.End(originX);
            int inputStep = columns.Dilation * p[InDepth];
            int sum = 0;

            for (int ky = rows.First(originY); ky < endY; ky++)
            {
                int row = (originY + (ky * rows.Dilation)) * columns.In;
                int i = image + ((row + originX + (firstX * columns.Dilation)) * p[InDepth]) + (o / p[DepthMultiplier]);
                int w = step.Inputs[1].Offset + (((ky * columns.Filter) + firstX) * outDepth) + o;
                for (int kx = firstX; kx < endX; kx++)
                {
                    sum += ((sbyte)input[i] - offset) * (sbyte)weights[w];
                    i += inputStep;
                    w += outDepth;
                }
            }

            return sum;
        }
    }
}
