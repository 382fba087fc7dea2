// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace TinyInfer.Compiler.Targets;

/// <summary>The project's QEMU plugin that estimates cycles (emulator/cyclemodel), built once.</summary>
internal static class CycleModel
{
    private static readonly string[] Flags = ["-std=gnu11", "-O2", "-flto", "-Wall", "-Wextra", "-Werror", "-fPIC", "-fvisibility=hidden", "-shared"];

    /// <summary>Runs the ELF's profile to its end; what it prints comes with the model's report.</summary>
    /// <param name="options">Of the plugin, as <c>name=value</c>: flash timing, caches.</param>
    public static CycleReport Run(SourceTree tree, Machine machine, string elf, string folder, params IReadOnlyList<string> options)
    {
        string[] arguments = [Plugin(tree), $"core=m{(int)machine.Core}", $"elf={elf}", "out=cycles.json", "steps=ti_profile_instance", .. options];

        // A word of its own, or the guest gets the path of a temporary folder: comparing that leaves a branch history that changes from run to run.
        var printed = Emulator.Run(machine, elf, folder, ["profile"], string.Join(',', arguments.Select(argument => argument.Replace(",", ",,", StringComparison.Ordinal))));
        return CycleReport.Read(File.ReadAllBytes(Path.Combine(folder, "cycles.json")), printed);
    }

    /// <summary>The path of the plugin.</summary>
    public static string Plugin(SourceTree tree) => new BuildCache(tree, Build.Host).Program(
        "cyclemodel.so",
        Flags,
        tree.Files(["emulator/cyclemodel"], ".c", ".h", ".def"),
        ["-ldl"]);
}

/// <summary>Cycles and instructions of one invocation (marker region 0), and of each of its steps.</summary>
/// <param name="Steps">The last one is what runs after the last step of the model.</param>
/// <param name="Printed">The sizes that the guest has printed: stack_bytes, code_bytes, runtime_bytes.</param>
internal sealed record CycleReport(Cost Total, IReadOnlyList<Cost> Steps, IReadOnlyDictionary<string, int> Printed)
{
    public static CycleReport Read(ReadOnlyMemory<byte> json, string printed)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var sizes = printed.Split('\n')
            .Select(line => line.Trim().Split(' '))
            .Where(words => words.Length == 2 && words[0].EndsWith("_bytes", StringComparison.Ordinal))
            .ToDictionary(words => words[0], words => int.Parse(words[1]));

        return new CycleReport(
            CostOf(root.GetProperty("regions").GetProperty("0")),
            [.. root.GetProperty("steps").EnumerateArray().Select(CostOf)],
            sizes);
    }

    private static Cost CostOf(JsonElement item) => new(item.GetProperty("cycles").GetInt64(), item.GetProperty("instructions").GetInt64());
}

internal readonly record struct Cost(long Cycles, long Instructions);
