// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer.Samples.Clothes
{
    /// <summary>ST's STMPE811, the touch controller of the STM32F429I-DISCOVERY.</summary>
    public sealed class Stmpe811 : ITouch
    {
        /// <summary>Its I2C address on that board.</summary>
        public const int Address = 0x41;

        private const byte ChipId = 0x00;
        private const byte SystemControl1 = 0x03;
        private const byte SoftReset = 0x02;
        private const byte SystemControl2 = 0x04;
        private const byte OnlyTouchAndAdc = 0x0C;
        private const byte AlternateFunction = 0x17;
        private const byte AdcControl1 = 0x20;
        private const byte Clocks80Bits12 = 0x49;
        private const byte AdcControl2 = 0x21;
        private const byte Clock3MHz = 0x01;
        private const byte TouchControl = 0x40;
        private const byte Enable = 0x01;
        private const int Touched = 0x80;
        private const byte TouchConfiguration = 0x41;
        private const byte Average4Delay500us = 0x9A;
        private const byte QueueThreshold = 0x4A;
        private const byte QueueState = 0x4B;
        private const byte QueueReset = 0x01;
        private const byte QueueSize = 0x4C;
        private const byte FractionZ = 0x56;
        private const byte Drive = 0x58;
        private const byte Drive50mA = 0x01;
        private const byte NextPoint = 0xD7;
        private const int ResetMilliseconds = 10;

        // How the panel of this board lies over its screen.
        private const int Edge = 3870;
        private const int StepsPerColumn = 15;
        private const int StepsPerRow = 11;

        private readonly IRegisters _registers;
        private readonly byte[] _one = new byte[1];
        private readonly byte[] _point = new byte[4];

        /// <summary>Starts the controller.</summary>
        /// <exception cref="InvalidOperationException">The chip is another one.</exception>
        public Stmpe811(IRegisters registers, IPower power)
        {
            _registers = registers;
            int identity = (Get(ChipId) << 8) | Get(ChipId + 1);
            if (identity != 0x0811)
            {
                throw new InvalidOperationException("the touch controller says it is " + identity.ToString() + ", a STMPE811 would say 2065");
            }

            registers.Write(SystemControl1, SoftReset);
            power.Sleep(ResetMilliseconds);
            registers.Write(SystemControl2, OnlyTouchAndAdc);
            registers.Write(AdcControl1, Clocks80Bits12);
            registers.Write(AdcControl2, Clock3MHz);
            registers.Write(AlternateFunction, 0);
            registers.Write(TouchConfiguration, Average4Delay500us);
            registers.Write(QueueThreshold, 1);
            registers.Write(FractionZ, 1);
            registers.Write(Drive, Drive50mA);
            registers.Write(TouchControl, Enable);
            EmptyQueue();
        }

        /// <inheritdoc/>
        public int X { get; private set; }

        /// <inheritdoc/>
        public int Y { get; private set; }

        /// <inheritdoc/>
        public bool Read()
        {
            if ((Get(TouchControl) & Touched) == 0 || Get(QueueSize) == 0)
            {
                return false;
            }

            _registers.Read(NextPoint, _point);
            EmptyQueue();
            X = Within((Edge - ((_point[0] << 4) | (_point[1] >> 4))) / StepsPerColumn, 239);
            Y = Within((Edge - (((_point[1] & 0xF) << 8) | _point[2])) / StepsPerRow, 319);
            return true;
        }

        private static int Within(int value, int last) => value < 0 ? 0 : value > last ? last : value;

        // So that the next point is a new one.
        private void EmptyQueue()
        {
            _registers.Write(QueueState, QueueReset);
            _registers.Write(QueueState, 0);
        }

        private byte Get(byte register)
        {
            _registers.Read(register, _one);
            return _one[0];
        }
    }
}
