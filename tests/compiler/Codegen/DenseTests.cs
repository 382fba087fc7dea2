// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>Generated fully connected layers, alone, in pairs and behind a convolution.</summary>
public sealed class DenseTests
{
    private static readonly int Chains = Toolchain.IsFull ? 500 : 140;

    [ToolchainTheory]
    [InlineData("cortex-m4", 1, false)]
    [InlineData("cortex-m4", 2, true)]
    [InlineData("cortex-m7", 3, false)]
    [InlineData("cortex-m7", 4, true)]
    public void Random_layers_are_exact(string target, int seed, bool packed)
    {
        var graph = RandomLayers.Chains(seed, Chains, layers => layers.Dense(layers.Dense(
            layers.Input(layers.OneIn(4) ? 3 : 1, layers.Pick(4, 5, 6, 7, 8, 9, 16, 23, 24, 25, 26, 27, 30, 40, 64, 129, 700, 2100)))));

        var generated = GeneratedCode.SameAsPortable(graph, TargetNames.Machines.First(machine => machine.Build.Name == target), packed ? Goal.Latency : Goal.Flash);
        Assert.True(generated > Chains, $"only {generated} of {2 * Chains} layers ran on generated code");
    }

    /// <summary>Behind a layer whose outputs are never negative, inputs of zero are passed over: none, some or all of them.</summary>
    [ToolchainTheory]
    [InlineData("cortex-m4")]
    [InlineData("cortex-m7")]
    public void Random_layers_with_inputs_of_zero_are_exact(string target)
    {
        var machine = TargetNames.Machines.First(machine => machine.Build.Name == target);
        var graph = RandomLayers.Chains(seed: 9, Chains / 2, layers => layers.Dense(layers.Dense(layers.Input(1, layers.Pick(8, 20, 64)), layers.Pick(16, 17, 18, 19, 30, 64, 127, 300)), layers.Pick(8, 9, 15, 16, 40)));
        var generated = GeneratedCode.AnyWay(graph, machine.Core, "fully_connected");

        GeneratedCode.SameAsPortable(graph, machine, generated, family: null);
        var sparse = generated.Schedule.Steps.Count(step => step.Call.Routine?.Name.StartsWith("sparse", StringComparison.Ordinal) == true);
        Assert.True(sparse > Chains / 20, $"only {sparse} of {Chains / 2} layers passed over inputs of zero");
    }

    /// <summary>Rows whose sums may pass 2^23, and such few rows that the input is unpacked beside them.</summary>
    [ToolchainTheory]
    [InlineData("cortex-m4", 5)]
    [InlineData("cortex-m7", 6)]
    public void Random_long_and_few_rows_are_exact(string target, int seed)
    {
        const int Long = 30;
        var graph = RandomLayers.Chains(seed, Long, layers => layers.Dense(layers.Input(layers.OneIn(4) ? 3 : 1, layers.Pick(4, 5, 7, 30, 31, 63, 64, 67, 513, 2100, 4099, 7006))));
        var generated = GeneratedCode.SameAsPortable(graph, TargetNames.Machines.First(machine => machine.Build.Name == target), Goal.Flash);
        Assert.True(generated > Long * 3 / 4, $"only {generated} of {Long} layers ran on generated code");
    }

    /// <summary>Rows enough to be computed two at a time, as the pixels of a convolution.</summary>
    [ToolchainTheory]
    [InlineData("cortex-m4", 7)]
    [InlineData("cortex-m7", 8)]
    public void Random_layers_of_many_rows_are_exact(string target, int seed)
    {
        const int Many = 40;
        var graph = RandomLayers.Chains(seed, Many, layers => layers.Dense(layers.Input(layers.Pick(2, 31, 60, 97), layers.Pick(4, 5, 6, 7, 8, 19, 30, 32, 64, 67))));
        var machine = TargetNames.Machines.First(machine => machine.Build.Name == target);
        var generated = GeneratedCode.SameAsPortable(graph, machine, Goal.Latency);
        var pixels = CoreProgram.For(machine.Core, graph, Goal.Latency)!.Schedule.Steps.Count(step => step.Call.Kernel == "convolution");
        Assert.True(generated > Many * 3 / 4 && pixels > 0, $"{generated} of {Many} layers ran on generated code, {pixels} of them as convolutions");
    }
}
