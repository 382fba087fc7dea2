// SPDX-License-Identifier: MIT
namespace TinyInfer.Tests
{
    /// <summary>Input for the motion model: x, y, z in 1/32 g, 50 times a second.</summary>
    internal static class Samples
    {
        /// <summary>A device at rest: 1 g along z.</summary>
        internal static sbyte[] Still()
        {
            sbyte[] samples = new sbyte[MotionModel.InputLength];
            for (int i = 2; i < samples.Length; i += 3)
            {
                samples[i] = 32;
            }

            return samples;
        }

        /// <summary>A triangle of 5 Hz and 3 g along x.</summary>
        internal static sbyte[] Shake()
        {
            sbyte[] samples = Still();
            for (int i = 0; i < samples.Length; i += 3)
            {
                int phase = i / 3 % 10;
                samples[i] = (sbyte)((phase < 5 ? phase : 10 - phase) * 38 - 96);
            }

            return samples;
        }
    }
}
