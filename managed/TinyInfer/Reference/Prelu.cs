// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>prelu_s8: kernels/prelu/ti_prelu.h.</summary>
    internal sealed class Prelu : Elementwise
    {
        private const int AZeroPoint = First;
        private const int BZeroPoint = First + 1;
        private const int ZeroPoint = First + 2;
        private const int IdentityMultiplier = First + 3;
        private const int IdentityShift = First + 4;
        private const int SlopeMultiplier = First + 5;
        private const int SlopeShift = First + 6;

        internal override int ParameterCount => First + 7;

        protected override byte Pair(int[] p, int a, int b)
        {
            int x = a - p[AZeroPoint];
            return x >= 0
                ? Fixed.Requantize(x, p[IdentityMultiplier], p[IdentityShift], p[ZeroPoint], sbyte.MinValue, sbyte.MaxValue)
                : Fixed.Requantize(x * (b - p[BZeroPoint]), p[SlopeMultiplier], p[SlopeShift], p[ZeroPoint], sbyte.MinValue, sbyte.MaxValue);
        }
    }
}
