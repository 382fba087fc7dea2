// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Targets;

/// <summary>
/// One way to build the runtime: a compiler, its flags, and the folder of <c>tests/runners/</c> whose <c>flags</c> file names the
/// optimisation level and the processor.
/// </summary>
/// <param name="Name">host, host-asan, cortex-m4, cortex-m7.</param>
/// <param name="Prefix">Of the GNU tools.</param>
/// <param name="Packages">What to install when they are missing.</param>
/// <param name="Defines">Macros; only host builds may change the rounding rule.</param>
internal sealed record Build(string Name, string Prefix, string Packages, params IReadOnlyList<string> Defines)
{
    public const string CortexPackages = "gcc-arm-none-eabi libnewlib-arm-none-eabi qemu-system-arm";
    private const string HostPackages = "gcc libc6-dev";

    /// <summary>Rules of -Wall and beyond that every source of the device obeys; floats are never contracted: results must not depend on the core.</summary>
    public static IReadOnlyList<string> CommonFlags { get; } =
    [
        "-std=c11", "-g", "-ffp-contract=off", "-ffunction-sections", "-fdata-sections",
        "-Wall", "-Wextra", "-Werror", "-Wundef", "-Wshadow", "-Wconversion", "-Wimplicit-fallthrough",
    ];

    public static Build Host { get; } = new("host", "", HostPackages);

    public static Build HostAsan { get; } = new("host-asan", "", HostPackages);

    /// <summary>The library that the .NET twin of the native boundary calls.</summary>
    public static Build HostShared { get; } = new("host-shared", "", HostPackages);

    public static Build CortexM4 { get; } = new("cortex-m4", "arm-none-eabi-", CortexPackages);

    public static Build CortexM7 { get; } = new("cortex-m7", "arm-none-eabi-", CortexPackages);

    public bool IsHost => Prefix.Length == 0;

    public string Compiler => Tool.Find($"{Prefix}gcc", Packages);

    public string Archiver => Tool.Find($"{Prefix}ar", Packages);

    /// <summary>The same with another rule for the second rounding step of ti_requantize.h.</summary>
    public Build With(Rounding rounding) => rounding == Rounding.Double
        ? this
        : this with { Defines = [.. Defines, $"-DTI_ROUNDING={(rounding == Rounding.Single ? "TI_ROUNDING_SINGLE" : "TI_ROUNDING_DOUBLE_HALF_UP")}"] };

    /// <summary>Every flag, as the compiler gets it.</summary>
    public IReadOnlyList<string> Flags(SourceTree tree) =>
    [
        .. CommonFlags,
        .. File.ReadAllText(tree.PathOf($"tests/runners/{Name}/flags")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        .. Defines,
        "-I", tree.PathOf("firmware-interop/include"),
        "-I", tree.PathOf("firmware-interop/runtime"),
        .. IsHost ? Array.Empty<string>() : ["-I", tree.PathOf("emulator/common")],
    ];
}

/// <summary>How an accumulator is scaled down. <see cref="Double"/> is the contract; the others imitate engines that round differently.</summary>
internal enum Rounding
{
    Double,
    DoubleHalfUp,
    Single,
}
