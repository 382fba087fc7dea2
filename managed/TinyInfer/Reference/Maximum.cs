// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>maximum_s8 and minimum_s8: kernels/maximum/ti_maximum.h, kernels/minimum/ti_minimum.h.</summary>
    internal sealed class Maximum : Elementwise
    {
        private readonly bool _largest;

        /// <param name="largest">False for the minimum.</param>
        internal Maximum(bool largest)
        {
            _largest = largest;
        }

        internal override int ParameterCount => First;

        protected override byte Pair(int[] p, int a, int b) => (byte)((a > b) == _largest ? a : b);
    }
}
