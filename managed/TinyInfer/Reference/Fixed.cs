// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>The fixed-point arithmetic of firmware-interop/kernels/common/ti_requantize.h. All of it wraps, as it does there.</summary>
    internal static class Fixed
    {
        /// <summary>floor((a * b + 2^30) / 2^31)</summary>
        internal static int HighMul(int a, int b) => (int)((((long)a * b) + (1L << 30)) >> 31);

        /// <summary>x / 2^exponent, ties away from zero; exponent 0 to 31.</summary>
        internal static int DivideByPot(int x, int exponent)
        {
            int mask = (int)((1L << exponent) - 1);
            int threshold = (mask >> 1) + (x < 0 ? 1 : 0);
            return (x >> exponent) + ((x & mask) > threshold ? 1 : 0);
        }

        /// <summary>acc * multiplier * 2^(shift - 31), rounded twice; shift -31 to 30.</summary>
        internal static int Multiply(int acc, int multiplier, int shift)
        {
            if (shift > 0)
            {
                return HighMul(acc << shift, multiplier);
            }

            return DivideByPot(HighMul(acc, multiplier), -shift);
        }

        internal static int Clamp(int value, int min, int max) => value < min ? min : value > max ? max : value;

        /// <summary>An accumulator as a stored element: scaled, moved to the zero point, clamped to the fused activation.</summary>
        internal static byte Requantize(int acc, int multiplier, int shift, int zeroPoint, int min, int max) =>
            (byte)Clamp(Multiply(acc, multiplier, shift) + zeroPoint, min, max);
    }
}
