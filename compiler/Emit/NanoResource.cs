// SPDX-License-Identifier: MIT
using System.Resources;

namespace TinyInfer.Compiler.Emit;

/// <summary>
/// A binary resource as nanoFramework's metadata processor takes it from an assembly: a <c>.resources</c> file of .NET, whose entries the
/// device knows by a hash of their names. Nothing but images are in it, whose sizes are multiples of 4, so each starts at one in flash.
/// </summary>
internal static class NanoResource
{
    public static byte[] Write(IEnumerable<(string Name, byte[] Content)> entries)
    {
        using var stream = new MemoryStream();
        using (var writer = new ResourceWriter(stream))
        {
            foreach (var (name, content) in entries)
            {
                writer.AddResource(name, content);
            }
        }

        return stream.ToArray();
    }

    /// <summary>The hash by which the device finds the entry: the metadata processor's, in 32-bit arithmetic that wraps.</summary>
    public static short IdOf(string name)
    {
        unchecked
        {
            const int Seed = (5381 << 16) + 5381;
            int[] hash = [Seed, Seed];
            foreach (var (index, letter) in name.Index())
            {
                ref var half = ref hash[index & 1];
                half = ((half << 5) + half) ^ letter;
            }

            var whole = hash[0] + (hash[1] * 1566083941);
            return (short)((whole >> 16) ^ whole);
        }
    }
}
