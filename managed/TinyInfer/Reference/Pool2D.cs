// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>average_pool_2d_s8 and max_pool_2d_s8: kernels/average_pool_2d/ti_average_pool_2d.h, kernels/max_pool_2d/ti_max_pool_2d.h.</summary>
    internal sealed class Pool2D : Kernel
    {
        private const int Batch = 0;
        private const int Rows = 1;
        private const int Columns = Rows + Window.Words;
        private const int Depth = Columns + Window.Words;
        private const int Min = Depth + 1;
        private const int Max = Depth + 2;
        private readonly bool _average;

        internal Pool2D(bool average)
        {
            _average = average;
        }

        internal override int ParameterCount => Max + 1;

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
            int row = columns.In * p[Depth];
            int image = step.Inputs[0].Offset;
            int at = step.Outputs[0].Offset;

            for (int b = 0; b < p[Batch]; b++)
            {
                for (int y = 0; y < rows.Out; y++)
                {
                    int originY = rows.Origin(y);
                    int firstY = rows.First(originY);
                    int height = rows.End(originY) - firstY;
                    for (int x = 0; x < columns.Out; x++)
                    {
                        int originX = columns.Origin(x);
                        int firstX = columns.First(originX);
                        int width = columns.End(originX) - firstX;
                        int patch = image + ((originY + firstY) * row) + ((originX + firstX) * p[Depth]);
                        for (int c = 0; c < p[Depth]; c++)
                        {
                            int value = _average
                                ? Average(step.Inputs[0].Bytes, patch + c, height, width, row, p[Depth])
                                : Largest(step.Inputs[0].Bytes, patch + c, height, width, row, p[Depth]);
                            step.Outputs[0].Bytes[at++] = (byte)Fixed.Clamp(value, p[Min], p[Max]);
                        }
                    }
                }

                image += rows.In * row;
            }
        }

        // The nearest integer to the mean, ties away from zero.
        private static int Average(byte[] input, int at, int height, int width, int row, int depth)
        {
            int sum = 0;
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    sum += (sbyte)input[at + (y * row) + (x * depth)];
                }
            }

            int count = height * width;
            return (sum > 0 ? sum + (count / 2) : sum - (count / 2)) / count;
        }

        private static int Largest(byte[] input, int at, int height, int width, int row, int depth)
        {
            int largest = sbyte.MinValue;
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    int value = (sbyte)input[at + (y * row) + (x * depth)];
                    largest = value > largest ? value : largest;
                }
            }

            return largest;
        }
    }
}
