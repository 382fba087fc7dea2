// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>Generated convolutions, alone and in pairs: between two of them the compiler may choose a layout of its own.</summary>
public sealed class ConvolutionTests
{
    private static readonly int Chains = Toolchain.IsFull ? 500 : 120;
    private static readonly int FirstLayers = Toolchain.IsFull ? 500 : 40;
    private static readonly int Large = Toolchain.IsFull ? 200 : 24;

    [ToolchainTheory]
    [InlineData("cortex-m4", 1, false)]
    [InlineData("cortex-m4", 2, true)]
    [InlineData("cortex-m7", 3, false)]
    [InlineData("cortex-m7", 4, true)]
    public void Random_convolutions_are_exact(string target, int seed, bool anyWay)
    {
        var graph = RandomLayers.Chains(seed, Chains, layers =>
        {
            var x = layers.Input(layers.OneIn(6) ? 2 : 1, layers.Pick(1, 2, 3, 5, 7, 8), layers.Pick(1, 2, 3, 4, 7, 9), layers.Pick(1, 2, 3, 4, 5, 6, 7, 8, 10, 16, 24, 33, 40));
            return layers.Conv(layers.Conv(x));
        });

        var machine = TargetNames.Machines.First(machine => machine.Build.Name == target);
        var program = anyWay ? GeneratedCode.AnyWay(graph, machine.Core, "convolution") : CoreProgram.For(machine.Core, graph);
        var generated = GeneratedCode.SameAsPortable(graph, machine, program, family: null);
        Assert.True(generated > Chains, $"only {generated} of {2 * Chains} layers ran on generated code");
    }

    [ToolchainTheory]
    [InlineData("cortex-m4", 5)]
    [InlineData("cortex-m7", 6)]
    public void Extreme_quantizations_are_exact(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, Chains, layers => layers.Conv(layers.Input(1, layers.Pick(1, 3, 5), layers.Pick(1, 2, 5), layers.Pick(1, 3, 4, 7, 16, 30))), extreme: true);

        var machine = TargetNames.Machines.First(machine => machine.Build.Name == target);
        var generated = GeneratedCode.SameAsPortable(graph, machine, GeneratedCode.AnyWay(graph, machine.Core, "convolution"), family: null);
        Assert.True(generated > Chains / 3, $"only {generated} of {Chains} layers ran on generated code");
    }

    [ToolchainTheory]
    [InlineData("cortex-m4", 7)]
    [InlineData("cortex-m7", 8)]
    public void First_layers_are_exact(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, FirstLayers, layers => layers.First(layers.Input(1, layers.Pick(3, 8, 11, 17), layers.Pick(3, 6, 9, 14), layers.Pick(1, 2, 3, 3, 5, 6, 7))));

        var machine = TargetNames.Machines.First(machine => machine.Build.Name == target);
        GeneratedCode.SameAsPortable(graph, machine);
        var gathered = CoreProgram.For(machine.Core, graph)!.Schedule.Steps.Count(step => step.Call.Routine?.Name.Contains("_w", StringComparison.Ordinal) == true);
        Assert.True(gathered > FirstLayers / 8, $"only {gathered} of {FirstLayers} layers gather windows");
    }

    /// <summary>Layers whose sums may be limited, with biases that leave all sums of a channel behind 2^23.</summary>
    [ToolchainFact]
    public void Biases_beyond_every_sum_are_exact()
    {
        var graph = RandomLayers.Chains(seed: 11, 12, layers => layers.Conv(layers.Input(1, 2, 3, layers.Pick(130, 144))));
        Assert.Contains(graph.Nodes.SelectMany(node => node.Inputs[2].Integers()), bias => Math.Abs((long)bias) >= 1 << 24);

        var machine = TargetNames.Machines[0];
        GeneratedCode.SameAsPortable(graph, machine, CoreProgram.For(machine.Core, graph), family: null);
    }

    /// <summary>Some of them reach 2^23: weights of one sign meet inputs at the end of their range.</summary>
    [ToolchainTheory]
    [InlineData("cortex-m4", 10)]
    [InlineData("cortex-m7", 10)]
    public void Sums_of_more_than_23_bits_are_exact(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, Large, layers => layers.OneSided(layers.Input(1, layers.Pick(3, 4), layers.Pick(3, 4, 5), layers.Pick(62, 66, 70, 82, 94, 110, 118)), filter: 3));

        var machine = TargetNames.Machines.First(machine => machine.Build.Name == target);
        var program = GeneratedCode.AnyWay(graph, machine.Core, "convolution");
        GeneratedCode.SameAsPortable(graph, machine, program, family: null);
        var limited = program.Schedule.Steps.Count(step => step.Call.Remark?.Contains("limited", StringComparison.Ordinal) == true);
        Assert.True(limited > Large / 12, $"only {limited} of {Large} layers limit their sums");
    }
}
