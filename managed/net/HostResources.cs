// SPDX-License-Identifier: MIT
using System.Collections;
using System.IO;
using System.Reflection;
using System.Resources;

namespace TinyInfer
{
    /// <summary>The resources of nanoFramework projects, read from .NET assemblies that embed the same files.</summary>
    internal static class HostResources
    {
        private const int LengthPrefix = 4;

        /// <summary>A binary resource by the hash of its name, or null.</summary>
        internal static byte[] Read(Assembly assembly, string file, int id)
        {
            using Stream stream = assembly.GetManifestResourceStream(file + ".resources");
            if (stream == null)
            {
                return null;
            }

            using var reader = new ResourceReader(stream);
            foreach (DictionaryEntry entry in reader)
            {
                var name = (string)entry.Key;
                if (IdOf(name) == (short)id)
                {
                    reader.GetResourceData(name, out _, out var data);
                    return data[LengthPrefix..];
                }
            }

            return null;
        }

        /// <summary>The 16-bit hash by which nanoFramework finds a resource; compiler/Emit/NanoResource.cs computes it too.</summary>
        private static short IdOf(string name)
        {
            unchecked
            {
                var hash1 = (5381 << 16) + 5381;
                var hash2 = hash1;
                for (var i = 0; i < name.Length; i++)
                {
                    if (i % 2 == 0)
                    {
                        hash1 = ((hash1 << 5) + hash1) ^ name[i];
                    }
                    else
                    {
                        hash2 = ((hash2 << 5) + hash2) ^ name[i];
                    }
                }

                var hash = hash1 + (hash2 * 1566083941);
                return (short)((short)(hash >> 16) ^ (short)hash);
            }
        }
    }
}
