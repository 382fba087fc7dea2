// SPDX-License-Identifier: MIT
using System;
using System.Reflection;
using System.Resources;
using nanoFramework.Runtime.Native;

namespace TinyInfer
{
    /// <summary>Binary resources of nanoFramework assemblies, copied to the managed heap.</summary>
    internal static class DeviceResources
    {
        // ResourceUtility takes the id as any enum.
        private enum ResourceId : short
        {
        }

        internal static byte[] Read(Assembly assembly, string file, int id)
        {
            try
            {
                return (byte[])ResourceUtility.GetObject(new ResourceManager(file, assembly), (ResourceId)id);
            }
            catch (ArgumentException)
            {
                throw Fault.Open(-(int)Status.NoResource, 0, 0, 0);
            }
        }
    }
}
