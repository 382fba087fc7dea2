// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer.Samples.Keywords
{
    /// <summary>
    /// firmware-interop/frontend/ti_frontend.h in C#, bit for bit the same: 16 kHz sound in, a row of 20 values out for every 20 ms, a
    /// log-mel spectrum of the last 30 ms. That header says what each step is.
    /// </summary>
    public sealed class FrontEnd
    {
        /// <summary>Samples from one row to the next.</summary>
        public const int Step = 320;

        /// <summary>Values of a row.</summary>
        public const int Channels = 20;

        private const int Window = 480;
        private const int FirstBin = 3;
        private const int LastBin = 243;
        private readonly short[] _samples = new short[Window];
        private readonly int[] _work = new int[512];
        private int _filled;

        /// <summary>Takes samples until a row is complete or none are left.</summary>
        /// <param name="samples">Sound.</param>
        /// <param name="start">The first sample to take; moved past what was taken.</param>
        /// <param name="end">Where the samples end.</param>
        /// <param name="row">Receives the row.</param>
        /// <returns>Whether a row is complete.</returns>
        public bool Push(short[] samples, ref int start, int end, sbyte[] row)
        {
            int count = end - start < Window - _filled ? end - start : Window - _filled;
            Array.Copy(samples, start, _samples, _filled, count);
            start += count;
            _filled += count;
            if (_filled < Window)
            {
                return false;
            }

            Row(row);
            _filled = Window - Step;
            Array.Copy(_samples, Step, _samples, 0, _filled);
            return true;
        }

        private void Row(sbyte[] row)
        {
            int shift = GainShift();
            for (int n = 0; n < Window; n++)
            {
                _work[n] = (((_samples[n] << shift) * FrontEndTables.Hann[n]) + (1 << 14)) >> 15;
            }

            Array.Clear(_work, Window, _work.Length - Window);
            Fft.Transform(_work);
            Bands(row, shift);
        }

        private void Bands(sbyte[] row, int shift)
        {
            long energy = 0;
            long next = 0;
            int channel = -1;
            for (int k = FirstBin; k <= LastBin; k++)
            {
                for (; channel < FrontEndTables.Upper[k] - 1; channel++)
                {
                    if (channel >= 0)
                    {
                        row[channel] = Feature(energy, shift);
                    }

                    energy = next;
                    next = 0;
                }

                long re = (_work[2 * k] + 128) >> 8;
                long im = (_work[(2 * k) + 1] + 128) >> 8;
                long power = (re * re) + (im * im);
                next += power * FrontEndTables.Rise[k];
                energy += power * (4096 - FrontEndTables.Rise[k]);
            }

            row[channel] = Feature(energy, shift);
        }

        private int GainShift()
        {
            int peak = 0;
            for (int n = 0; n < Window; n++)
            {
                int size = _samples[n] < 0 ? -_samples[n] : _samples[n];
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
            int low = FrontEndTables.Log2[fraction >> 11];
            int high = FrontEndTables.Log2[(fraction >> 11) + 1];
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
