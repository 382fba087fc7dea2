// SPDX-License-Identifier: MIT
using System;
using System.Reflection;

namespace TinyInfer
{
    /// <summary>Opens models on the kernels in the firmware.</summary>
    internal static class NativeModels
    {
        private const string ResourceExtension = ".nanoresources";

        internal static Session OpenBytes(byte[] image)
        {
            try
            {
                return Opened(Native.OpenBytes(image), image);
            }
            catch (NotSupportedException)
            {
                throw NoFirmwareSupport();
            }
        }

        internal static Session OpenResource(Assembly assembly, string file, int id)
        {
            try
            {
                return Opened(Native.OpenResource(assembly, file + ResourceExtension, id), null);
            }
            catch (NotSupportedException)
            {
                throw NoFirmwareSupport();
            }
        }

        internal static Session OpenFlash(int address)
        {
            try
            {
                return Opened(Native.OpenFlash(address), null);
            }
            catch (NotSupportedException)
            {
                throw NoFirmwareSupport();
            }
        }

        private static Session Opened(int result, byte[] image)
        {
            if (result > 0)
            {
                return new NativeSession(result, image);
            }

            int[] why = new int[3];
            Native.Refusal(why);
            throw Fault.Open(result, why[0], why[1], why[2]);
        }

        // An extern method that the firmware does not know throws NotSupportedException.
        private static TinyInferException NoFirmwareSupport() => Fault.Open(-(int)Status.NoFirmwareSupport, 0, 0, 0);
    }
}
