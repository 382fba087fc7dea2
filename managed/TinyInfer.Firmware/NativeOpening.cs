// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>What an open of <see cref="Native"/> has returned: a handle, or why there is none.</summary>
    internal static class NativeOpening
    {
        internal static int Done(int result)
        {
            if (result > 0)
            {
                return result;
            }

            int[] why = new int[3];
            Native.Refusal(why);
            throw Fault.Open(result, why[0], why[1], why[2]);
        }

        /// <summary>An extern method that the firmware does not know throws NotSupportedException; this says it in words.</summary>
        internal static TinyInferException NoFirmwareSupport() => Fault.Open(-(int)Status.NoFirmwareSupport, 0, 0, 0);
    }
}
