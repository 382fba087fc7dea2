// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Emit;

/// <summary>CRC-32 as in IEEE 802.3, the host side of <c>runtime/ti_crc32.h</c>; no package with one is to be had.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Remainder)];

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var item in bytes)
        {
            crc = (crc >> 8) ^ Table[(byte)(crc ^ item)];
        }

        return ~crc;
    }

    private static uint Remainder(int start)
    {
        var crc = (uint)start;
        for (var bit = 0; bit < 8; bit++)
        {
            crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
        }

        return crc;
    }
}
