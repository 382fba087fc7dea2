// SPDX-License-Identifier: MIT
using System.Reflection;

namespace TinyInfer
{
    /// <summary>What runs models on .NET: the runtime of the firmware as a shared library, or the kernels in C# where a test asks for them.</summary>
    internal static class Sessions
    {
        internal static bool UseManagedKernels { get; set; }

        internal static string Name => UseManagedKernels ? Session.ManagedKernels : Session.NativeKernels;

        internal static Session OpenBytes(byte[] image) => UseManagedKernels ? ManagedSession.Open(image) : NativeModels.OpenBytes(image);

        internal static Session OpenResource(Assembly assembly, string file, int id) => UseManagedKernels
            ? ManagedSession.Open(HostResources.Read(assembly, file, id) ?? throw Fault.Open(-(int)Status.NoResource, 0, 0, 0))
            : NativeModels.OpenResource(assembly, file, id);

        internal static Session OpenFlash(int address) => UseManagedKernels
            ? throw new TinyInferException(Status.OutsideFlash, "", "managed kernels cannot read flash at an address: use FromResource, or the package TinyInfer.Native")
            : NativeModels.OpenFlash(address);
    }
}
