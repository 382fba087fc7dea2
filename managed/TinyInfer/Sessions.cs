// SPDX-License-Identifier: MIT
using System.Reflection;

namespace TinyInfer
{
    /// <summary>What runs models in this build of the API: the kernels in C#.</summary>
    internal static class Sessions
    {
        internal static string Name => Session.ManagedKernels;

        internal static Session OpenBytes(byte[] image) => ManagedSession.Open(image);

        internal static Session OpenResource(Assembly assembly, string file, int id) => ManagedSession.Open(DeviceResources.Read(assembly, file, id));

        internal static Session OpenFlash(int address) =>
            throw new TinyInferException(Status.OutsideFlash, "", "managed kernels cannot read flash at an address: use FromResource, or the package TinyInfer.Native");
    }
}
