// SPDX-License-Identifier: MIT
namespace TinyInfer.Samples
{
    /// <summary>A chip on a bus that is read and set through numbered registers.</summary>
    public interface IRegisters
    {
        /// <summary>Reads registers from a number on, as many as the buffer has bytes.</summary>
        void Read(byte register, byte[] buffer);

        /// <summary>Sets one register.</summary>
        void Write(byte register, byte value);
    }
}
