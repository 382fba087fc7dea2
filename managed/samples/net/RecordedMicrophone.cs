// SPDX-License-Identifier: MIT
using System;
using System.IO;
using TinyInfer.Samples.Keywords;

namespace TinyInfer.Samples.Net
{
    /// <summary>A recording of raw 16-bit samples at 16 kHz, low byte first.</summary>
    public sealed class RecordedMicrophone : IMicrophone
    {
        private readonly byte[] _recording;
        private int _read;

        /// <summary>Starts the recording.</summary>
        public RecordedMicrophone(byte[] recording)
        {
            _recording = recording;
        }

        /// <inheritdoc/>
        public int Read(short[] samples)
        {
            var bytes = Math.Min(_recording.Length - _read, 2 * samples.Length);
            Buffer.BlockCopy(_recording, _read, samples, 0, bytes);
            _read += bytes;
            return bytes / 2;
        }
    }
}
