// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>Generated fully connected layers, alone, in pairs and behind a convolution.</summary>
public sealed class DenseTests
{
    private const int Chains = 140;

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
}
