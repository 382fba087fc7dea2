// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>Generated fully connected layers, alone, in pairs and behind a convolution.</summary>
public sealed class DenseTests
{
    private const int Chains = 280;

    [ToolchainTheory]
    [InlineData("cortex-m4", 1)]
    [InlineData("cortex-m7", 2)]
    public void Random_layers_are_exact(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, Chains, layers => layers.Dense(layers.Dense(
            layers.Input(layers.OneIn(4) ? 3 : 1, layers.Pick(4, 5, 6, 7, 8, 9, 16, 23, 24, 25, 26, 27, 30, 40, 64, 129, 700, 1500)))));

        var generated = GeneratedCode.SameAsPortable(graph, TargetNames.Machines.First(machine => machine.Build.Name == target));
        Assert.True(generated > Chains, $"only {generated} of {2 * Chains} layers ran on generated code");
    }
}
