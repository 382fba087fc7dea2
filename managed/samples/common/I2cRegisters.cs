// SPDX-License-Identifier: MIT
using System;
using System.Device.I2c;

namespace TinyInfer.Samples
{
    /// <summary>Registers behind an I2C bus.</summary>
    public sealed class I2cRegisters : IRegisters
    {
        private readonly I2cDevice _device;
        private readonly byte[] _register = new byte[1];
        private readonly byte[] _setting = new byte[2];

        /// <summary>Opens a chip.</summary>
        /// <param name="bus">Number of the bus.</param>
        /// <param name="address">The chip's 7-bit address.</param>
        public I2cRegisters(int bus, int address)
        {
            _device = I2cDevice.Create(new I2cConnectionSettings(bus, address, I2cBusSpeed.FastMode));
        }

        /// <inheritdoc/>
        public void Read(byte register, byte[] buffer)
        {
            _register[0] = register;
            Check(_device.WriteRead(_register, buffer));
        }

        /// <inheritdoc/>
        public void Write(byte register, byte value)
        {
            _setting[0] = register;
            _setting[1] = value;
            Check(_device.Write(_setting));
        }

        private void Check(I2cTransferResult result)
        {
            if (result.Status != I2cTransferStatus.FullTransfer)
            {
                throw new InvalidOperationException("I2C address " + _device.ConnectionSettings.DeviceAddress.ToString() + " does not answer: check the wiring");
            }
        }
    }
}
