// SPDX-License-Identifier: MIT
using System;
using System.Threading;
using nanoFramework.Hardware.Stm32;

namespace TinyInfer.Samples
{
    /// <summary>The clock, the alarm and the backup registers of an STM32.</summary>
    public sealed class Stm32Power : IPower
    {
        private const long TicksPerMillisecond = 10000;

        /// <inheritdoc/>
        public long Now => DateTime.UtcNow.Ticks / TicksPerMillisecond;

        /// <inheritdoc/>
        public void Sleep(int milliseconds) => Thread.Sleep(milliseconds);

        /// <inheritdoc/>
        public bool Restore(byte[] state)
        {
            if (Power.WakeupReason != Power.WakeupReasonType.FromStandby)
            {
                return false;
            }

            BackupMemory.ReadBytes(0, state);
            return true;
        }

        /// <inheritdoc/>
        public void Standby(byte[] state, int seconds)
        {
            if (state.Length > BackupMemory.Size)
            {
                throw new ArgumentException("a state of " + state.Length.ToString() + " bytes does not fit into " + BackupMemory.Size.ToString());
            }

            BackupMemory.WriteBytes(0, state);
            RTC.SetAlarm(DateTime.UtcNow.AddSeconds(seconds));
            Power.EnterStandbyMode();
        }
    }
}
