// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer
{
    /// <summary>
    /// Sound to the features that models/keywords and networks like it take: 16 kHz mono in, a row of 20 values out for every 20 ms, a
    /// log-mel spectrum of the last 30 ms. In integers, the same on every machine; firmware-interop/frontend/ti_frontend.h has each step.
    /// </summary>
    /// <remarks>Makes no garbage. On native kernels a row takes 0.6 ms at 180 MHz; on kernels in C# it takes too long for live sound.</remarks>
    public sealed class FrontEnd
    {
        /// <summary>Samples in a second.</summary>
        public const int Rate = 16000;

        /// <summary>Samples from one row to the next; the first row takes 480.</summary>
        public const int Step = 320;

        /// <summary>Values of a row.</summary>
        public const int Channels = 20;

        private readonly int[] _state = new int[Engines.FeatureWords];

        /// <summary>Takes samples until a row is complete or none are left.</summary>
        /// <param name="samples">Sound.</param>
        /// <param name="start">The first sample to take; moved past what was taken.</param>
        /// <param name="end">Where the samples end.</param>
        /// <param name="row">Receives the row, <see cref="Channels"/> values.</param>
        /// <returns>Whether a row is complete: then there may be another one in the samples.</returns>
        /// <exception cref="ArgumentNullException">An array is null.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The range lies outside the samples, or the row is too short.</exception>
        public bool Push(short[] samples, ref int start, int end, sbyte[] row)
        {
            int result = Native.Features(_state, samples, start, end - start, row);
            if (result < 0)
            {
                throw samples == null || row == null ? new ArgumentNullException(samples == null ? "samples" : "row") : new ArgumentOutOfRangeException();
            }

            start += result >> 1;
            return (result & 1) != 0;
        }

        /// <summary>Forgets the sound of the last 30 ms.</summary>
        public void Reset() => Array.Clear(_state, 0, _state.Length);
    }
}
