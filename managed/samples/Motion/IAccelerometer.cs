// SPDX-License-Identifier: MIT
namespace TinyInfer.Samples.Motion
{
    /// <summary>Acceleration 50 times a second.</summary>
    public interface IAccelerometer
    {
        /// <summary>Takes the samples since the last call, oldest first, without waiting.</summary>
        /// <param name="samples">Receives x, y, z of each in 1/32 g.</param>
        /// <returns>How many there were: at most a third of the array's length.</returns>
        int Read(sbyte[] samples);
    }
}
