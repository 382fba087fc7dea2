// SPDX-License-Identifier: MIT
using System.Text.Json;
using TinyInfer.Compiler.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests;

/// <summary>The cycle model against programs whose cycles follow from published rules: tests/cyclemodel.</summary>
public sealed class CycleModelTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly SourceTree Tree = SourceTree.Current;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("m4")]
    [InlineData("m7")]
    public void Kernels_take_the_published_cycles(string core)
    {
        var printed = Run(core, Build(core, "cases.S", "kernels.c"));

        Assert.DoesNotContain(printed.Split('\n'), line => line.StartsWith("WRONG", StringComparison.Ordinal));
        Assert.EndsWith("84 as expected, 0 not\n", printed);
    }

    /// <summary>A line of 16 bytes is four instructions; with 5 wait states it takes 4 + 5 cycles, or 1 + 5 when it is prefetched meanwhile.</summary>
    [Theory]
    [InlineData("fpre=0", "2.25 smlad, accumulator chain,")]
    [InlineData("fpre=1", "1.50 smlad, accumulator chain,")]
    public void Straight_code_waits_for_flash_line_by_line(string prefetch, string expected)
    {
        var printed = Run("m4", Build("m4", "cases.S", "kernels.c"), "flash_base=0", "flash_size=0x400000", "ws=5", "fline=16", "iart=0", prefetch);

        Assert.Contains(expected, printed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("m4")]
    [InlineData("m7")]
    public void Steps_are_those_of_the_last_complete_invocation(string core)
    {
        Run(core, Build(core, "steps.c"), "steps=step_counter");

        using var report = Report();
        var steps = report.RootElement.GetProperty("steps").EnumerateArray()
            .Select(step => (Number(step, "index"), Number(step, "cycles"), Number(step, "instructions")));
        Assert.Equal([(0, 202, 202), (1, 201, 201), (2, 0, 0), (3, 1, 1)], steps);
    }

    [Theory]
    [InlineData("m4")]
    [InlineData("m7")]
    public void A_region_runs_from_one_marker_to_the_other(string core)
    {
        Run(core, Build(core, "steps.c"));

        using var report = Report();
        var region = report.RootElement.GetProperty("regions").GetProperty("0");
        Assert.Equal((2, 45, 405), (Number(region, "count"), Number(region, "min"), Number(region, "max")));
        Assert.False(report.RootElement.TryGetProperty("steps", out _));
    }

    [Theory]
    [InlineData("m4")]
    [InlineData("m4", "flash_base=0", "flash_size=0x400000", "ws=5", "fline=16", "iart=8", "dart=4")]
    [InlineData("m7", "icsz=4096", "dcsz=4096")]
    public void Classes_add_up_to_the_pipeline_cycles(string core, params string[] options)
    {
        Run(core, Build(core, "cases.S", "kernels.c"), options);

        using var report = Report();
        var classes = report.RootElement.GetProperty("classes").EnumerateObject().ToList();
        Assert.Equal(Number(report.RootElement, "pipeline_cycles"), classes.Sum(c => Number(c.Value, "cycles")));
        Assert.Equal(Number(report.RootElement, "instructions"), classes.Sum(c => Number(c.Value, "count")));
        Assert.Equal(0, Number(report.RootElement.GetProperty("events"), "unknown_insns"));
    }

    [Theory]
    [InlineData("steps=nothing", "steps=nothing: the ELF file has no such symbol")]
    [InlineData("ws=fast", "ws=fast is not a 32-bit number, on or off")]
    [InlineData("speed=1", "there is no option speed")]
    public void A_wrong_option_is_refused_in_a_sentence(string option, string sentence)
    {
        var elf = Build("m4", "steps.c");

        var refusal = Assert.Throws<CompilerException>(() => Run("m4", elf, option));
        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
    }

    private static Machine MachineOf(string core) => core == "m7" ? Machine.CortexM7 : Machine.CortexM4;

    private static long Number(JsonElement item, string name) => item.GetProperty(name).GetInt64();

    private JsonDocument Report() => JsonDocument.Parse(File.ReadAllBytes(_folder.File("cycles.json")));

    private string Run(string core, string elf, params string[] options) => Emulator.Run(
        MachineOf(core),
        elf,
        _folder.Path,
        [],
        string.Join(',', [CycleModel.Plugin(Tree), $"core={core}", $"elf={elf}", "out=cycles.json", .. options]));

    private string Build(string core, params string[] sources)
    {
        var machine = MachineOf(core);
        var elf = _folder.File("program.elf");
        var result = Tool.Run(
            machine.Build.Compiler,
            [
                .. machine.Build.Flags(Tree),
                "-nostartfiles", "-Wl,--no-warn-rwx-segments",
                "-L", Tree.PathOf("emulator/common"),
                "-T", Tree.PathOf($"emulator/{machine.Name}/link.ld"),
                "-I", Tree.PathOf("tests/cyclemodel"),
                .. sources.Select(source => Tree.PathOf($"tests/cyclemodel/{source}")),
                Tree.PathOf("emulator/common/startup.c"),
                Tree.PathOf("emulator/common/semihosting.c"),
                "-o", elf,
            ],
            _folder.Path,
            Limit);
        Assert.True(result.ExitCode == 0, result.Error);
        return elf;
    }
}
