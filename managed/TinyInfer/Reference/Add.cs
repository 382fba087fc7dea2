// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>add_s8: kernels/add/ti_add.h.</summary>
    internal sealed class Add : Elementwise
    {
        private const int AMultiplier = First;
        private const int BMultiplier = First + 1;
        private const int Offset = First + 2;
        private const int Shift = First + 3;
        private const int Min = First + 4;
        private const int Max = First + 5;

        internal override int ParameterCount => First + 6;

        protected override byte Pair(int[] p, int a, int b) =>
            (byte)Fixed.Clamp(((a * p[AMultiplier]) + (b * p[BMultiplier]) + p[Offset]) >> p[Shift], p[Min], p[Max]);
    }
}
