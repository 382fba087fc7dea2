// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer.Samples.Motion
{
    /// <summary>
    /// ST's LIS3DH at 50 Hz and 4 g. Its queue holds 32 samples, so that the program need not look more often than every 600 ms.
    /// </summary>
    public sealed class Lis3dh : IAccelerometer
    {
        /// <summary>I2C address with the pin SDO/SA0 low or left open; one more with it high.</summary>
        public const int Address = 0x18;

        private const byte WhoAmI = 0x0F;
        private const byte Identity = 0x33;
        private const byte Control1 = 0x20;
        private const byte Rate50HzAllAxes = 0x47;
        private const byte Control4 = 0x23;
        private const byte WholeSamples4gHighResolution = 0x98;
        private const byte Control5 = 0x24;
        private const byte QueueOn = 0x40;
        private const byte QueueControl = 0x2E;
        private const byte QueueDropsOldest = 0x80;
        private const byte QueueState = 0x2F;
        private const int QueueLength = 32;
        private const int Overrun = 0x40;
        private const int Unread = 0x1F;
        private const byte Output = 0x28;
        private const byte NextRegister = 0x80;

        private readonly IRegisters _registers;
        private readonly byte[] _one = new byte[1];
        private readonly byte[] _sample = new byte[6];

        /// <summary>Starts the sensor.</summary>
        /// <exception cref="InvalidOperationException">The chip is another one.</exception>
        public Lis3dh(IRegisters registers)
        {
            _registers = registers;
            byte identity = Get(WhoAmI);
            if (identity != Identity)
            {
                throw new InvalidOperationException("the sensor says it is " + identity.ToString() + ", a LIS3DH would say 51");
            }

            registers.Write(Control1, Rate50HzAllAxes);
            registers.Write(Control4, WholeSamples4gHighResolution);
            registers.Write(Control5, QueueOn);
            registers.Write(QueueControl, QueueDropsOldest);
        }

        /// <inheritdoc/>
        public int Read(sbyte[] samples)
        {
            byte state = Get(QueueState);
            int waiting = (state & Overrun) != 0 ? QueueLength : state & Unread;
            int count = waiting < samples.Length / 3 ? waiting : samples.Length / 3;
            for (int i = 0; i < count; i++)
            {
                _registers.Read(Output | NextRegister, _sample);
                for (int axis = 0; axis < 3; axis++)
                {
                    samples[(3 * i) + axis] = Scaled((short)(_sample[2 * axis] | (_sample[(2 * axis) + 1] << 8)));
                }
            }

            return count;
        }

        // Twelve bits at the top of sixteen, 2 mg each.
        private static sbyte Scaled(short output)
        {
            int scaled = ((output >> 4) * 2 * 32) + 500;
            int rounded = scaled >= 0 ? scaled / 1000 : -((999 - scaled) / 1000);
            return (sbyte)(rounded > sbyte.MaxValue ? sbyte.MaxValue : rounded < sbyte.MinValue ? sbyte.MinValue : rounded);
        }

        private byte Get(byte register)
        {
            _registers.Read(register, _one);
            return _one[0];
        }
    }
}
