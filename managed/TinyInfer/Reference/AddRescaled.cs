// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>add_rescaled_s8: kernels/add/ti_add.h.</summary>
    internal sealed class AddRescaled : Elementwise
    {
        private const int Sign = First;
        private const int A = First + 1;
        private const int B = First + 4;
        private const int ZeroPoint = First + 7;
        private const int Multiplier = First + 8;
        private const int Shift = First + 9;
        private const int Min = First + 10;
        private const int Max = First + 11;
        private const int LeftShift = 20;

        internal override int ParameterCount => First + 12;

        protected override byte Pair(int[] p, int a, int b)
        {
            int sum = Rescale(a, p, A) + (p[Sign] * Rescale(b, p, B));
            return Fixed.Requantize(sum, p[Multiplier], p[Shift], p[ZeroPoint], p[Min], p[Max]);
        }

        // Zero point, multiplier and shift of one input.
        private static int Rescale(int value, int[] p, int at) => Fixed.Multiply((value - p[at]) << LeftShift, p[at + 1], p[at + 2]);
    }
}
