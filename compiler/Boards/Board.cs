// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using TinyInfer.Compiler.Targets;

namespace TinyInfer.Compiler.Boards;

/// <summary>A board with nanoFramework firmware: a file <c>NAME.json</c> in this folder; README.md there says where its numbers are from.</summary>
/// <param name="Name">As nanoFramework's firmware is named.</param>
/// <param name="ClockMhz">What the firmware configures, not what the chip could do.</param>
/// <param name="DeploymentBytes">Flash that assemblies can really use.</param>
/// <param name="FirmwareFlashLeft">Flash that the firmware leaves for native code; null when unknown.</param>
/// <param name="ManagedHeap">Where the heap of nanoCLR is.</param>
/// <param name="RamEstimated">The sizes of the memories are derived from the linker script, not read off a linked firmware.</param>
/// <param name="Memories">Internal RAM that is left for arenas, best first.</param>
/// <param name="Flash">Its timing as code and constants are read from it; null on cores with caches.</param>
/// <param name="Caches">Null on cores without.</param>
internal sealed record Board(
    string Name,
    string Core,
    int ClockMhz,
    int DeploymentBytes,
    int? FirmwareFlashLeft,
    string ManagedHeap,
    bool RamEstimated,
    IReadOnlyList<BoardMemory> Memories,
    BoardFlash? Flash = null,
    BoardCaches? Caches = null)
{
    private const string Prefix = "boards/";
    private const string Suffix = ".json";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    public static IReadOnlyList<string> Names { get; } =
    [
        .. Resources.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^Suffix.Length])
            .Order(StringComparer.Ordinal),
    ];

    public Machine Machine => TargetNames.Machines.First(machine => machine.Build.Name == Core);

    private static Assembly Resources => typeof(Board).Assembly;

    /// <param name="name">One of <see cref="Names"/>.</param>
    public static Board Named(string name)
    {
        using var stream = Resources.GetManifestResourceStream($"{Prefix}{name}{Suffix}") ?? throw new ArgumentException($"there is no board {name}");
        return JsonSerializer.Deserialize<Board>(stream, Options)!;
    }

    /// <summary>
    /// The board's memories as options of the cycle model, for the emulated board, whose flash and RAM have other addresses.
    /// </summary>
    /// <param name="arena">Where tensors are.</param>
    public IReadOnlyList<string> CycleOptions(BoardMemory arena) =>
    [
        .. Flash is { } flash
            ? [$"flash_base=0x{Machine.FlashBase:x}", $"flash_size=0x{Machine.FlashSize:x}", $"ws={flash.WaitStates}", $"fline={flash.Line}", $"iart={flash.CodeLines}", $"dart={flash.DataLines}"]
            : Array.Empty<string>(),
        .. Caches is { } caches
            ? [$"icsz={caches.Code}", $"dcsz={caches.Data}", $"dc_base=0x{Machine.FlashBase:x}", $"dc_size=0x{Machine.FlashSize:x}"]
            : Array.Empty<string>(),
        .. Caches is not null && arena.Cached
            ? [$"dc_base2=0x{Machine.RamBase:x}", $"dc_size2=0x{Machine.RamSize:x}"]
            : Array.Empty<string>(),
    ];
}

/// <param name="Section">For <c>TINYINFER_ARENA_SECTION</c>, see firmware-interop/interop/README.md.</param>
/// <param name="Cached">Reached through the data cache, so slower than tightly coupled memory.</param>
internal sealed record BoardMemory(string Name, string Section, int Bytes, bool Cached);

/// <param name="Line">Bytes that one access of the flash reads.</param>
/// <param name="CodeLines">Held by the flash interface for instructions.</param>
/// <param name="DataLines">The same for constants.</param>
internal sealed record BoardFlash(int WaitStates, int Line, int CodeLines, int DataLines);

/// <summary>Bytes of the caches.</summary>
internal sealed record BoardCaches(int Code, int Data);
