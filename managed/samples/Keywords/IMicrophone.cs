// SPDX-License-Identifier: MIT
namespace TinyInfer.Samples.Keywords
{
    /// <summary>Sound: 16 kHz, one channel, 16 bits.</summary>
    public interface IMicrophone
    {
        /// <summary>Waits for the next samples.</summary>
        /// <param name="samples">Receives them.</param>
        /// <returns>How many; 0 when there will be no more.</returns>
        int Read(short[] samples);
    }
}
