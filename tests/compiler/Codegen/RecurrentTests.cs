// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>What streaming and recurrent networks are made of: LSTM cells, and columns behind each other.</summary>
public sealed class RecurrentTests
{
    private static readonly int Chains = Toolchain.IsFull ? 500 : 50;

    [ToolchainTheory]
    [InlineData("cortex-m4", 1, false)]
    [InlineData("cortex-m4", 2, true)]
    [InlineData("cortex-m7", 3, false)]
    [InlineData("cortex-m7", 4, true)]
    public void Random_cells_are_exact(string target, int seed, bool singleRows)
    {
        var graph = RandomLayers.Chains(seed, Chains, layers => layers.Lstm(layers.Input(1, layers.Pick(1, 2, 3, 5, 6), layers.Pick(1, 2, 3, 4, 5, 7, 8, 28, 83, 130))));
        var generated = GeneratedCode.SameAsPortable(graph, MachineOf(target), singleRows ? Goal.Memory : Goal.Balanced);
        Assert.True(generated > Chains / 2, $"only {generated} of {Chains} cells ran on generated code");
    }

    [ToolchainTheory]
    [InlineData("cortex-m4", 3)]
    [InlineData("cortex-m7", 4)]
    public void Random_columns_are_exact(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, Chains, layers => layers.Column(layers.Input(1, layers.Pick(1, 2, 5, 11, 23), layers.Pick(1, 1, 2), layers.Pick(4, 8, 12, 32))));
        var generated = GeneratedCode.SameAsPortable(graph, MachineOf(target));
        Assert.True(generated > Chains / 2, $"only {generated} of {Chains} columns ran on generated code");
    }

    [ToolchainTheory]
    [InlineData("cortex-m4", 7)]
    [InlineData("cortex-m7", 8)]
    public void Columns_of_extreme_quantization_are_exact(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, Chains, layers => layers.Column(layers.Input(1, layers.Pick(1, 2, 5, 11, 23), layers.Pick(1, 1, 2), layers.Pick(4, 8))), extreme: true);
        var generated = GeneratedCode.SameAsPortable(graph, MachineOf(target));
        Assert.True(generated > Chains / 2, $"only {generated} of {Chains} columns ran on generated code");
    }

    [ToolchainTheory]
    [InlineData("cortex-m4", 5)]
    [InlineData("cortex-m7", 6)]
    public void Random_filters_over_time_are_exact(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, Chains, layers => layers.Svdf(layers.Input(1, layers.Pick(1, 2, 3, 4, 7, 8, 16, 30, 96))));
        var generated = GeneratedCode.SameAsPortable(graph, MachineOf(target), family: "svdf");
        Assert.True(generated > Chains / 2, $"only {generated} of {Chains} layers ran on generated code");
    }

    private static Machine MachineOf(string target) => TargetNames.Machines.First(machine => machine.Build.Name == target);
}
