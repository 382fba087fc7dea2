// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>mul_s8: kernels/mul/ti_mul.h.</summary>
    internal sealed class Mul : Elementwise
    {
        private const int AZeroPoint = First;
        private const int BZeroPoint = First + 1;
        private const int ZeroPoint = First + 2;
        private const int Multiplier = First + 3;
        private const int Shift = First + 4;
        private const int Min = First + 5;
        private const int Max = First + 6;

        internal override int ParameterCount => First + 7;

        protected override byte Pair(int[] p, int a, int b) =>
            Fixed.Requantize((a - p[AZeroPoint]) * (b - p[BZeroPoint]), p[Multiplier], p[Shift], p[ZeroPoint], p[Min], p[Max]);
    }
}
