// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>squared_difference_s8: kernels/squared_difference/ti_squared_difference.h.</summary>
    internal sealed class SquaredDifference : Elementwise
    {
        private const int A = First;
        private const int B = First + 3;
        private const int ZeroPoint = First + 6;
        private const int Multiplier = First + 7;
        private const int Shift = First + 8;

        internal override int ParameterCount => First + 9;

        protected override byte Pair(int[] p, int a, int b)
        {
            int difference = Rescale(a, p, A) - Rescale(b, p, B);
            return Fixed.Requantize(difference * difference, p[Multiplier], p[Shift], p[ZeroPoint], sbyte.MinValue, sbyte.MaxValue);
        }

        // Zero point, multiplier and shift of one input.
        private static int Rescale(int value, int[] p, int at) => Fixed.Multiply((value - p[at]) * 128, p[at + 1], p[at + 2]);
    }
}
