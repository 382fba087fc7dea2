// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>softmax_s8 and softmax_s8_s16: kernels/softmax/ti_softmax.h, where the algorithm is explained.</summary>
    internal sealed class Softmax : Kernel
    {
        private readonly int _width;

        /// <param name="width">Bits of an output element: 8 or 16.</param>
        internal Softmax(int width)
        {
            _width = width;
        }

        internal override int ParameterCount => 3;

        internal override int ConstantInputs => 2;

        internal override void Run(Step step)
        {
            int rows = step.Parameters[0];
            int depth = step.Parameters[1];
            int row = step.Inputs[0].Offset;
            int at = step.Outputs[0].Offset;

            for (int r = 0; r < rows; r++)
            {
                Row(step, row, at, depth);
                row += depth;
                at += depth * _width / 8;
            }
        }

        private void Row(Step step, int row, int at, int depth)
        {
            byte[] input = step.Inputs[0].Bytes;
            byte[] output = step.Outputs[0].Bytes;
            int[] table = step.Constants[1];
            int tableSize = step.Parameters[2];
            int largest = sbyte.MinValue;
            int sum = 0;
            int bits = 12;

            for (int c = row; c < row + depth; c++)
            {
                int value = (sbyte)input[c];
                largest = value > largest ? value : largest;
            }

            for (int c = row; c < row + depth; c++)
            {
                int difference = largest - (sbyte)input[c];
                sum += difference < tableSize ? Fixed.DivideByPot(table[difference], 12) : 0;
            }

            // sum = (1 + fraction) * 2^bits, at least 1.
            while (sum > 0)
            {
                sum <<= 1;
                bits--;
            }

            int reciprocal = OneOverOnePlus(sum & int.MaxValue);
            int exponent = bits + 31 - _width;
            int lowest = -(1 << (_width - 1));
            for (int c = row; c < row + depth; c++)
            {
                int difference = largest - (sbyte)input[c];
                int exp = difference < tableSize ? table[difference] : 0;
                int element = exponent > 31 ? 0 : Fixed.DivideByPot(Fixed.HighMul(exp, reciprocal), exponent);
                element = Fixed.Clamp(element + lowest, lowest, -1 - lowest);

                output[at++] = (byte)element;
                if (_width == 16)
                {
                    output[at++] = (byte)(element >> 8);
                }
            }
        }

        // 1 / (1 + x) for x in [0, 1), both Q0.31, by three of Newton's steps.
        private static int OneOverOnePlus(int x)
        {
            int halfDenominator = (int)(((long)x + int.MaxValue + 1) / 2);
            int estimate = 1515870810 + Fixed.HighMul(-1010580540, halfDenominator);

            for (int i = 0; i < 3; i++)
            {
                int error = (1 << 29) - Fixed.HighMul(estimate, halfDenominator);
                estimate += ScaleUp(Fixed.HighMul(error, estimate), 2);
            }

            return ScaleUp(estimate, 1);
        }

        // x * 2^exponent, saturating.
        private static int ScaleUp(int x, int exponent)
        {
            int limit = int.MaxValue >> exponent;
            return x > limit ? int.MaxValue : x < -limit ? int.MinValue : x << exponent;
        }
    }
}
