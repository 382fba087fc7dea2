// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer.Samples.Net
{
    /// <summary>A clock that moves when the program sleeps, and backup memory as an STM32F4 has it.</summary>
    public sealed class SimulatedPower : IPower
    {
        /// <summary>From the alarm to the program, about what a board takes.</summary>
        public const int BootMilliseconds = 500;

        private const int BackupSize = 80;
        private byte[] _backup;

        /// <inheritdoc/>
        public long Now { get; private set; } = 1_000_000;

        /// <summary>Gets how often the device went into standby.</summary>
        public int Standbys { get; private set; }

        /// <summary>Gets the milliseconds in standby.</summary>
        public long Asleep { get; private set; }

        /// <inheritdoc/>
        public void Sleep(int milliseconds) => Now += milliseconds;

        /// <inheritdoc/>
        public bool Restore(byte[] state)
        {
            if (_backup == null)
            {
                return false;
            }

            Array.Copy(_backup, state, state.Length);
            return true;
        }

        /// <inheritdoc/>
        public void Standby(byte[] state, int seconds)
        {
            if (state.Length > BackupSize)
            {
                throw new ArgumentException($"a state of {state.Length} bytes does not fit into {BackupSize}");
            }

            _backup = new byte[BackupSize];
            Array.Copy(state, _backup, state.Length);
            Standbys++;
            Asleep += 1000L * seconds;
            Now += (1000L * seconds) + BootMilliseconds;
        }
    }
}
