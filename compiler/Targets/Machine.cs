// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;

namespace TinyInfer.Compiler.Targets;

/// <summary>An emulated board: which machine of QEMU, and which core it has.</summary>
/// <param name="Name">Also the folder in <c>emulator/</c> with its linker script.</param>
internal sealed record Machine(string Name, Core Core, Build Build)
{
    /// <summary>Bytes of flash and of RAM beside which larger images and arenas go to PSRAM; the rest is for code, stack and data.</summary>
    public const int FlashForImage = (4 * 1024 * 1024) - (256 * 1024);

    public const int RamForArena = (4 * 1024 * 1024) - (256 * 1024);

    public const int Psram = 16 * 1024 * 1024;

    /// <summary>Where <c>emulator/*/link.ld</c> puts what is not large.</summary>
    public const uint FlashBase = 0;

    public const uint FlashSize = 4 * 1024 * 1024;

    public const uint RamBase = 0x20000000;

    public const uint RamSize = 4 * 1024 * 1024;

    public static Machine CortexM4 { get; } = new("mps2-an386", Core.CortexM4, Build.CortexM4);

    public static Machine CortexM7 { get; } = new("mps2-an500", Core.CortexM7, Build.CortexM7);

    public static string Emulator => Tool.Find("qemu-system-arm", Build.CortexPackages);
}
