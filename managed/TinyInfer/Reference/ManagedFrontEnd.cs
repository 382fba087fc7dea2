// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer
{
    /// <summary>firmware-interop/frontend/ti_frontend.h in C#, bit for bit the same; that header says what each step is.</summary>
    internal static class ManagedFrontEnd
    {
        /// <summary>Length of a state: where the spectrum is computed, a window of samples, and how many of them there are.</summary>
        internal const int Words = Filled + 1;

        private const int Points = 512;
        private const int Samples = Points;
        private const int Window = 480;
        private const int Filled = Samples + Window;
        private const int Step = 320;
        private const int FirstBin = 3;
        private const int LastBin = 243;

        // Made when it is first needed: static constructors run at start-up, and few applications hear.
        private static FrontEndTables _tables;

        /// <summary>See ti_native_features in firmware-interop/interop/ti_native.h.</summary>
        internal static int Push(int[] state, short[] samples, int start, int count, sbyte[] row)
        {
            if (samples == null || row == null || row.Length < FrontEnd.Channels || start < 0 || count < 0 || start > samples.Length || count > samples.Length - start)
            {
                return -(int)Status.WrongSize;
            }

            int filled = state[Filled];
            int taken = count < Window - filled ? count : Window - filled;
            for (int i = 0; i < taken; i++)
            {
                state[Samples + filled + i] = samples[start + i];
            }

            state[Filled] = filled + taken;
            if (filled + taken < Window)
            {
                return 2 * taken;
            }

            Row(state, row);
            state[Filled] = Window - Step;
            Array.Copy(state, Samples + Step, state, Samples, Window - Step);
            return (2 * taken) + 1;
        }

        private static void Row(int[] state, sbyte[] row)
        {
            if (_tables == null)
            {
                _tables = new FrontEndTables();
            }

            int shift = GainShift(state);
            for (int n = 0; n < Window; n++)
            {
                state[n] = (((state[Samples + n] << shift) * _tables.Hann[n]) + (1 << 14)) >> 15;
            }

            Array.Clear(state, Window, Points - Window);
            Fft.Transform(state, _tables.Twiddle);
            Bands(state, row, shift);
        }

        private static void Bands(int[] state, sbyte[] row, int shift)
        {
            long energy = 0;
            long next = 0;
            int channel = -1;
            for (int k = FirstBin; k <= LastBin; k++)
            {
                for (; channel < _tables.Upper[k] - 1; channel++)
                {
                    if (channel >= 0)
                    {
                        row[channel] = Feature(energy, shift);
                    }

                    energy = next;
                    next = 0;
                }

                long re = (state[2 * k] + 128) >> 8;
                long im = (state[(2 * k) + 1] + 128) >> 8;
                long power = (re * re) + (im * im);
                next += power * _tables.Rise[k];
                energy += power * (4096 - _tables.Rise[k]);
            }

            row[channel] = Feature(energy, shift);
        }

        private static int GainShift(int[] state)
        {
            int peak = 0;
            for (int n = 0; n < Window; n++)
            {
                int size = state[Samples + n] < 0 ? -state[Samples + n] : state[Samples + n];
                peak = size > peak ? size : peak;
            }

            return peak == 0 || peak > short.MaxValue ? 0 : 14 - TopBit(peak);
        }

        private static sbyte Feature(long energy, int shift)
        {
            int value = (Log2(energy < 1 ? 1 : energy) - (2048 * shift) - 28672 + 64) >> 7;
            return (sbyte)(value < sbyte.MinValue ? sbyte.MinValue : value > sbyte.MaxValue ? sbyte.MaxValue : value);
        }

        // In Q10; a straight line between 33 points of each octave.
        private static int Log2(long value)
        {
            int bit = TopBit(value);
            int fraction = (int)(bit >= 16 ? value >> (bit - 16) : value << (16 - bit)) & 0xFFFF;
            int low = _tables.Log2[fraction >> 11];
            int high = _tables.Log2[(fraction >> 11) + 1];
            return (bit * 1024) + low + ((((high - low) * (fraction & 0x7FF)) + 1024) >> 11);
        }

        private static int TopBit(long value)
        {
            int bit = 0;
            for (int step = 32; step > 0; step /= 2)
            {
                if ((value >> step) != 0)
                {
                    value >>= step;
                    bit += step;
                }
            }

            return bit;
        }
    }
}
