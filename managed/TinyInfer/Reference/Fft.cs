// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>firmware-interop/frontend/ti_frontend_fft.h in C#: 512 real numbers become twice their spectrum, bit for bit the same.</summary>
    internal static class Fft
    {
        private const int Points = 256;
        private const int Half = 1 << 14;

        internal static void Transform(int[] data, short[] twiddle)
        {
            ReverseBits(data);
            for (int half = 1; half < Points; half *= 2)
            {
                for (int k = 0; k < half; k++)
                {
                    Butterflies(data, twiddle, k, half);
                }
            }

            for (int k = 1; k <= Points / 2; k++)
            {
                Separate(data, twiddle, 2 * k, 2 * (Points - k));
            }
        }

        private static void ReverseBits(int[] data)
        {
            for (int i = 1, j = 0; i < Points; i++)
            {
                int bit = Points / 2;
                for (; (j & bit) != 0; bit >>= 1)
                {
                    j ^= bit;
                }

                j ^= bit;
                if (i < j)
                {
                    Swap(data, 2 * i, 2 * j);
                    Swap(data, (2 * i) + 1, (2 * j) + 1);
                }
            }
        }

        private static void Swap(int[] data, int i, int j)
        {
            int value = data[i];
            data[i] = data[j];
            data[j] = value;
        }

        private static void Butterflies(int[] data, short[] twiddle, int k, int half)
        {
            int turn = 2 * k * (Points / half);
            long cosine = twiddle[turn];
            long sine = twiddle[turn + 1];
            for (int i = 2 * k; i < 2 * Points; i += 4 * half)
            {
                int j = i + (2 * half);
                int re = (int)(((data[j] * cosine) + (data[j + 1] * sine) + Half) >> 15);
                int im = (int)(((data[j + 1] * cosine) - (data[j] * sine) + Half) >> 15);
                data[j] = data[i] - re;
                data[j + 1] = data[i + 1] - im;
                data[i] += re;
                data[i + 1] += im;
            }
        }

        // Bin i / 2 and its mirror j / 2, from the transform of the even samples plus i times the odd ones.
        private static void Separate(int[] data, short[] twiddle, int i, int j)
        {
            int evenRe = data[i] + data[j];
            int evenIm = data[i + 1] - data[j + 1];
            int oddRe = data[i + 1] + data[j + 1];
            int oddIm = data[j] - data[i];
            int re = TurnRe(twiddle, oddRe, oddIm, i);
            int im = TurnIm(twiddle, oddRe, oddIm, i);
            int mirroredRe = TurnRe(twiddle, oddRe, -oddIm, j);
            int mirroredIm = TurnIm(twiddle, oddRe, -oddIm, j);
            data[i] = evenRe + re;
            data[i + 1] = evenIm + im;
            data[j] = evenRe + mirroredRe;
            data[j + 1] = mirroredIm - evenIm;
        }

        private static int TurnRe(short[] twiddle, long re, long im, int at) =>
            (int)(((re * twiddle[at]) + (im * twiddle[at + 1]) + Half) >> 15);

        private static int TurnIm(short[] twiddle, long re, long im, int at) =>
            (int)(((im * twiddle[at]) - (re * twiddle[at + 1]) + Half) >> 15);
    }
}
