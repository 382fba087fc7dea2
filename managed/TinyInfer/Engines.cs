// SPDX-License-Identifier: MIT
using System.Reflection;

namespace TinyInfer
{
    /// <summary>What runs models in this build of the API: the kernels in C#.</summary>
    internal static class Engines
    {
        /// <summary>Length of the state of <c>Native.Features</c>.</summary>
        internal const int FeatureWords = ManagedFrontEnd.Words;

        internal const string Name = "managed";

        internal static string NameOf(int handle) => Name;

        internal static int OpenBytes(byte[] image) => ManagedModels.Open(image);

        internal static int OpenResource(Assembly assembly, string file, int id) => ManagedModels.Open(DeviceResources.Read(assembly, file, id));

        internal static int OpenFlash(int address) => throw ManagedModels.NoFlash();
    }
}
