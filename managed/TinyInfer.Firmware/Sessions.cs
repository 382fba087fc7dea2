// SPDX-License-Identifier: MIT
using System.Reflection;

namespace TinyInfer
{
    /// <summary>What runs models in this build of the API: the kernels in the firmware.</summary>
    internal static class Sessions
    {
        internal static string Name => Session.NativeKernels;

        internal static Session OpenBytes(byte[] image) => NativeModels.OpenBytes(image);

        internal static Session OpenResource(Assembly assembly, string file, int id) => NativeModels.OpenResource(assembly, file, id);

        internal static Session OpenFlash(int address) => NativeModels.OpenFlash(address);
    }
}
