// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>What one layer of a model costs.</summary>
    public sealed class LayerProfile
    {
        internal LayerProfile(string name, int cycles, int cyclesPerMicrosecond)
        {
            Name = name;
            Cycles = cycles;
            Microseconds = (float)cycles / cyclesPerMicrosecond;
        }

        /// <summary>Gets the name of the layer in the model file.</summary>
        public string Name { get; }

        /// <summary>
        /// Gets the ticks of the finest clock there is: processor cycles with native kernels on a Cortex-M, ticks of 100 ns with managed
        /// kernels.
        /// </summary>
        public int Cycles { get; }

        /// <summary>Gets the same in microseconds.</summary>
        public float Microseconds { get; }
    }
}
