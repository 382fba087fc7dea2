// SPDX-License-Identifier: MIT
using System.Reflection;

namespace TinyInfer
{
    /// <summary>What runs models on .NET: the runtime of the firmware as a shared library, or the kernels in C# where a test asks for them.</summary>
    internal static class Engines
    {
        /// <summary>Length of the state of <c>Native.Features</c>, for either.</summary>
        internal const int FeatureWords = ManagedFrontEnd.Words;

        internal static bool UseManagedKernels { get; set; }

        internal static string Name => UseManagedKernels ? "managed" : "native";

        internal static string NameOf(int handle) => ManagedModels.Find(handle) == null ? "native" : "managed";

        internal static int OpenBytes(byte[] image) => UseManagedKernels ? ManagedModels.Open(image) : NativeOpening.Done(Native.OpenBytes(image));

        internal static int OpenResource(Assembly assembly, string file, int id) => UseManagedKernels
            ? ManagedModels.Open(HostResources.Read(assembly, file, id) ?? throw Fault.Open(-(int)Status.NoResource, 0, 0, 0))
            : NativeOpening.Done(Native.OpenResource(assembly, file + ".nanoresources", id));

        internal static int OpenFlash(int address) => UseManagedKernels ? throw ManagedModels.NoFlash() : NativeOpening.Done(Native.OpenFlash(address));
    }
}
