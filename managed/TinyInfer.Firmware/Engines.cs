// SPDX-License-Identifier: MIT
using System;
using System.Reflection;

namespace TinyInfer
{
    /// <summary>What runs models in this build of the API: the kernels in the firmware.</summary>
    internal static class Engines
    {
        /// <summary>Length of the state of <c>Native.Features</c>.</summary>
        internal const int FeatureWords = 753;

        internal const string Name = "native";
        private const string ResourceExtension = ".nanoresources";

        internal static string NameOf(int handle) => Name;

        internal static int OpenBytes(byte[] image)
        {
            try
            {
                return NativeOpening.Done(Native.OpenBytes(image));
            }
            catch (NotSupportedException)
            {
                throw NativeOpening.NoFirmwareSupport();
            }
        }

        internal static int OpenResource(Assembly assembly, string file, int id)
        {
            try
            {
                return NativeOpening.Done(Native.OpenResource(assembly, file + ResourceExtension, id));
            }
            catch (NotSupportedException)
            {
                throw NativeOpening.NoFirmwareSupport();
            }
        }

        internal static int OpenFlash(int address)
        {
            try
            {
                return NativeOpening.Done(Native.OpenFlash(address));
            }
            catch (NotSupportedException)
            {
                throw NativeOpening.NoFirmwareSupport();
            }
        }
    }
}
