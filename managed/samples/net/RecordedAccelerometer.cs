// SPDX-License-Identifier: MIT
using System;
using TinyInfer.Samples.Motion;

namespace TinyInfer.Samples.Net
{
    /// <summary>A recording as the sensor would give it: 50 samples a second of the clock, the last 32 of them in a queue.</summary>
    public sealed class RecordedAccelerometer : IAccelerometer
    {
        private const int Axes = 3;
        private const int Queue = 32;
        private const int MillisecondsPerSample = 20;
        private readonly sbyte[] _recording;
        private readonly IPower _power;
        private readonly long _started;
        private long _read;

        /// <summary>Starts the recording.</summary>
        public RecordedAccelerometer(sbyte[] recording, IPower power)
        {
            _recording = recording;
            _power = power;
            _started = power.Now;
        }

        /// <summary>Gets whether the recording is over; it then begins again.</summary>
        public bool AtEnd => Written * Axes >= _recording.Length;

        private long Written => (_power.Now - _started) / MillisecondsPerSample;

        /// <inheritdoc/>
        public int Read(sbyte[] samples)
        {
            _read = Math.Max(_read, Written - Queue);
            int count = (int)Math.Min(Written - _read, samples.Length / Axes);
            for (int i = 0; i < count * Axes; i++)
            {
                samples[i] = _recording[((_read * Axes) + i) % _recording.Length];
            }

            _read += count;
            return count;
        }
    }
}
