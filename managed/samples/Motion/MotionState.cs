// SPDX-License-Identifier: MIT
namespace TinyInfer.Samples.Motion
{
    /// <summary>What has to survive standby, within the 80 bytes of backup registers that an STM32F4 has.</summary>
    internal static class MotionState
    {
        private const int Mark = 0x544D;
        private const int StartedAt = 2;
        private const int AsleepAt = 10;
        private const int ScoresAt = 18;

        internal static byte[] Save(DutyCycle duty, Smoother scores)
        {
            byte[] state = new byte[Size(scores)];
            Bytes.Put(state, 0, 2, Mark);
            Bytes.Put(state, StartedAt, 8, duty.Started);
            Bytes.Put(state, AsleepAt, 8, duty.Asleep);
            scores.Save(state, ScoresAt);
            return state;
        }

        /// <summary>Fills the scores and gives the duty cycle so far, or null when the device was just switched on.</summary>
        internal static DutyCycle Restore(IPower power, Smoother scores)
        {
            byte[] state = new byte[Size(scores)];
            if (!power.Restore(state) || Bytes.Get(state, 0, 2) != Mark)
            {
                return null;
            }

            scores.Load(state, ScoresAt);
            return new DutyCycle(Bytes.Get(state, StartedAt, 8), Bytes.Get(state, AsleepAt, 8));
        }

        private static int Size(Smoother scores) => ScoresAt + scores.StateSize;
    }
}
