// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Targets;

namespace TinyInfer.Compiler.Tests.Interop;

/// <summary>Device sources compiled as nf-interpreter compiles them: its flags, over stand-ins for nanoCLR and ChibiOS (tests/firmware).</summary>
internal static class FirmwareBuild
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static readonly string[] Strict =
    [
        "-mthumb", "-mfloat-abi=hard", "-mabi=aapcs", "-nostdlib", "-Wall", "-Wextra", "-Werror", "-Wundef", "-Wshadow", "-Wimplicit-fallthrough",
        "-fshort-wchar", "-fno-builtin", "-fno-common", "-mno-long-calls", "-fno-exceptions",
    ];

    public static IReadOnlyList<string> Engine => SourceTree.Current.Files(["firmware-interop/runtime", "firmware-interop/kernels", "firmware-interop/frontend"], ".c");

    public static IReadOnlyList<string> Boundary => SourceTree.Current.Files(["firmware-interop/interop", "firmware-interop/ports"], ".c");

    public static IReadOnlyList<string> Glue => SourceTree.Current.Files(["firmware-interop/interop"], ".cpp");

    public static string[] Core(string core) =>
        core == "cortex-m4" ? ["-mcpu=cortex-m4", "-mfpu=fpv4-sp-d16"] : ["-mcpu=cortex-m7", "-mfpu=fpv5-sp-d16"];

    /// <summary>Compiles everything into <paramref name="folder"/>, an object a source; kernels as the CMake module does.</summary>
    public static void Compile(string core, string folder, params IReadOnlyList<string> options)
    {
        Run("gcc", ["-std=gnu2x", "-O2", "-ffp-contract=off", "-ffunction-sections", "-fdata-sections", .. options, .. Core(core)], Engine, folder);
        Run("gcc", ["-std=gnu2x", "-Os", "-ffp-contract=off", .. options, .. Core(core)], Boundary, folder);
        Run("g++", ["-std=gnu++23", "-Os", "-fcheck-new", .. options, .. Core(core)], Glue, folder);
    }

    private static void Run(string compiler, IEnumerable<string> options, IEnumerable<string> sources, string folder)
    {
        var tree = SourceTree.Current;
        string[] includes = ["firmware-interop/include", "firmware-interop/interop", "tests/firmware/nanoclr", "tests/firmware/chibios"];
        var result = Tool.Run(
            Tool.Find($"arm-none-eabi-{compiler}", Build.CortexPackages),
            [.. Strict, .. options, .. includes.SelectMany(path => new[] { "-I", tree.PathOf(path) }), "-c", .. sources.Select(tree.PathOf)],
            folder,
            Limit);
        Xunit.Assert.True(result.ExitCode == 0, result.Error);
    }
}
