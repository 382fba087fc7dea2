// SPDX-License-Identifier: MIT
using System.IO.Ports;

namespace TinyInfer.Samples.Keywords
{
    /// <summary>
    /// Sound over a serial port, on request: a byte asks for as many samples as the array holds, and the other side sends them,
    /// low byte first. So nothing is lost when the program is slower than the sound.
    /// </summary>
    public sealed class SerialMicrophone : IMicrophone
    {
        private const int BitsPerSecond = 460800;
        private readonly SerialPort _port;
        private readonly byte[] _request = new byte[] { (byte)'?' };
        private readonly byte[] _bytes = new byte[2 * FrontEnd.Step];

        /// <summary>Opens the port.</summary>
        public SerialMicrophone(string port)
        {
            _port = new SerialPort(port, BitsPerSecond);
            _port.Open();
        }

        /// <inheritdoc/>
        public int Read(short[] samples)
        {
            _port.Write(_request, 0, _request.Length);
            for (int filled = 0; filled < _bytes.Length;)
            {
                filled += _port.Read(_bytes, filled, _bytes.Length - filled);
            }

            for (int i = 0; i < FrontEnd.Step; i++)
            {
                samples[i] = (short)(_bytes[2 * i] | (_bytes[(2 * i) + 1] << 8));
            }

            return FrontEnd.Step;
        }
    }
}
