// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.Json;
using TinyInfer.Compiler.Profiling;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Commands;
using TinyInfer.Compiler.Verification;
using Xunit;

namespace TinyInfer.Compiler.Tests.Targets;

/// <summary>
/// The project's cycle model agrees with the independent one in <c>../shared/tools/cyclemodel</c> within 3 % on the very ELF that
/// profile has measured. The long sweep takes every model of core/, the short one those of small files.
/// </summary>
public sealed class RefereeTests : IDisposable
{
    private const double Tolerance = 0.03;
    private const int SmallFile = 120_000;
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [RefereeTheory]
    [InlineData("cortex-m4")]
    [InlineData("cortex-m7")]
    public void The_estimate_agrees_with_the_referee(string target)
    {
        var machine = TargetNames.Machines.First(machine => machine.Build.Name == target);
        var folder = Path.Combine(Corpus.Folder!, "core");
        var plugin = Referee.Build(_scratch);
        var compared = 0;

        foreach (var path in CorpusVerifier.Models(folder).Select(model => Path.Combine(folder, model)))
        {
            if ((!Toolchain.IsFull && new FileInfo(path).Length > SmallFile) || Compiled(path) is not { } model)
            {
                continue;
            }

            var kept = _scratch.Path("kept");
            var ours = Profiler.Run(model, machine, keep: kept).Cycles;
            var referee = Referee.Cycles(plugin, machine, Path.Combine(kept, $"{model.Name}.{target}.elf"), kept);
            Assert.True(
                Math.Abs(ours - referee) <= Tolerance * referee,
                string.Create(CultureInfo.InvariantCulture, $"{model.Name} on {target}: {ours} cycles, the referee says {referee}"));
            compared++;
        }

        Assert.NotEqual(0, compared);
    }

    private static CompiledModel? Compiled(string path)
    {
        try
        {
            return ModelFile.Compile(path);
        }
        catch (CompilerException)
        {
            return null;
        }
    }
}

/// <summary>Skipped with the reason where the referee, the corpus or a tool is missing.</summary>
internal sealed class RefereeTheoryAttribute : TheoryAttribute
{
    public RefereeTheoryAttribute() => Skip = (Referee.Absent ?? Corpus.Absent ?? Toolchain.Missing)!;
}

internal static class Referee
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(Checkout.Root, "..", "shared", "tools", "cyclemodel"));

    public static string? Absent { get; } = File.Exists(Path.Combine(Folder, "cyclemodel.c"))
        ? null
        : "no referee: ../shared/tools/cyclemodel is not beside the checkout";

    public static string Build(Scratch scratch)
    {
        var plugin = scratch.Path("referee.so");
        var result = Tool.Run(
            TinyInfer.Compiler.Targets.Build.Host.Compiler,
            ["-O2", "-fPIC", "-shared", Path.Combine(Folder, "cyclemodel.c"), "-o", plugin, "-ldl"],
            scratch.Folder,
            TimeSpan.FromMinutes(2));
        Assert.True(result.ExitCode == 0, result.Error);
        return plugin;
    }

    public static long Cycles(string plugin, Machine machine, string elf, string folder)
    {
        Emulator.Run(machine, elf, folder, [], $"{plugin},core=m{(int)machine.Core},elf={elf},out=referee.json");
        using var report = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "referee.json")));
        return report.RootElement.GetProperty("regions").GetProperty("0").GetProperty("cycles").GetInt64();
    }
}
