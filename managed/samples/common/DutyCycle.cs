// SPDX-License-Identifier: MIT
namespace TinyInfer.Samples
{
    /// <summary>
    /// Which part of the time a device is awake. The time in standby counts from the call to the alarm, so the boot after it is time
    /// awake.
    /// </summary>
    public sealed class DutyCycle
    {
        private readonly long _started;
        private long _asleep;

        /// <summary>Starts to count.</summary>
        public DutyCycle(long now)
        {
            _started = now;
        }

        /// <summary>Counts on from a saved state.</summary>
        public DutyCycle(long started, long asleep)
        {
            _started = started;
            _asleep = asleep;
        }

        /// <summary>Gets the time of the first start, in milliseconds.</summary>
        public long Started => _started;

        /// <summary>Gets the milliseconds in standby, the coming one included.</summary>
        public long Asleep => _asleep;

        /// <summary>Notes that the device is about to go into standby.</summary>
        public void Sleep(int seconds)
        {
            _asleep += 1000L * seconds;
        }

        /// <summary>Gets the time awake since the first start, in milliseconds.</summary>
        public long Awake(long now) => now - _started - _asleep;

        /// <summary>Gets the time awake in thousandths of the whole time.</summary>
        public int Permille(long now) => now == _started ? 1000 : (int)(1000 * Awake(now) / (now - _started));
    }
}
