// SPDX-License-Identifier: MIT
using System.Text.Json;
using System.Xml.Linq;
using TinyInfer.Compiler.Profiling;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Commands;
using Xunit;

namespace TinyInfer.Compiler.Tests.Targets;

public sealed class ProfileTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public static TheoryData<string> Targets() => [.. TargetNames.Machines.Select(machine => machine.Build.Name)];

    public void Dispose() => _scratch.Dispose();

    [ToolchainTheory]
    [MemberData(nameof(Targets))]
    public void The_json_has_what_the_documentation_promises(string target)
    {
        var run = CommandRun.Of("profile", Model(), "--target", target, "--json", "--svg", _scratch.Path("chart.svg"), "--keep", _scratch.Path("kept"));
        Assert.Equal((0, ""), (run.Exit, run.Error));

        using var json = JsonDocument.Parse(run.Output);
        var root = json.RootElement;
        long Number(string name) => root.GetProperty(name).GetInt64();
        Assert.Equal(("dense", target, 4), (root.GetProperty("model").GetString(), root.GetProperty("target").GetString(), Number("macs")));
        Assert.InRange(Number("cycles"), 50, 5_000);
        Assert.InRange(Number("instructions"), 50, 5_000);
        Assert.InRange(Number("stack_bytes"), 16, 1_000);
        Assert.InRange(Number("code_bytes"), 500, 20_000);
        Assert.Equal(Number("image_bytes") + Number("code_bytes"), Number("flash_bytes"));
        Assert.Equal(Number("arena_bytes"), root.GetProperty("ram_bytes").GetProperty("arena").GetInt64());

        var layer = Assert.Single(root.GetProperty("layers").EnumerateArray());
        Assert.Equal(("y", "fully_connected", 4), (layer.GetProperty("name").GetString(), layer.GetProperty("op").GetString(), layer.GetProperty("macs").GetInt32()));
        Assert.InRange(layer.GetProperty("cycles").GetInt64(), 20, Number("cycles"));
        Assert.Equal(2, layer.GetProperty("outputs")[0].GetProperty("size").GetInt32());

        Assert.Equal("svg", XDocument.Load(_scratch.Path("chart.svg")).Root!.Name.LocalName);
        Assert.Equal([$"dense.{target}.cycles.json", $"dense.{target}.elf"], Directory.EnumerateFiles(_scratch.Path("kept")).Select(Path.GetFileName).Order());
    }

    [ToolchainTheory]
    [MemberData(nameof(Targets))]
    public void Two_profiles_are_equal(string target)
    {
        string[] arguments = ["profile", Model(), "--target", target, "--json"];
        Assert.Equal(CommandRun.Of(arguments), CommandRun.Of(arguments));
    }

    [ToolchainFact]
    public void The_table_is_plain_text_where_no_terminal_is()
    {
        var run = CommandRun.Of("profile", Model());
        Assert.Equal(0, run.Exit);
        Assert.DoesNotContain('\e', run.Output);
        Assert.Contains("fully_connected", run.Output, StringComparison.Ordinal);
        Assert.Contains("dense on cortex-m4: ", run.Output, StringComparison.Ordinal);
    }

    [ToolchainFact]
    public void Steps_and_what_is_around_them_add_up()
    {
        var profile = Profiler.Run(ModelFile.Compile(Model()), Machine.CortexM4);
        var around = profile.Cycles - profile.Layers.Sum(layer => layer.Cycles);
        Assert.InRange(around, 1, 100);
    }

    private string Model() => _scratch.Write("dense.tflite", SmallModels.Dense());
}
