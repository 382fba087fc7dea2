// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>Generated depthwise convolutions, alone and beside pointwise ones, with which they agree on a layout.</summary>
public sealed class DepthwiseTests
{
    private const int Chains = 130;

    [ToolchainTheory]
    [InlineData("cortex-m4", 1)]
    [InlineData("cortex-m4", 2)]
    [InlineData("cortex-m7", 3)]
    [InlineData("cortex-m7", 4)]
    public void Random_depthwise_convolutions_are_exact(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, Chains, layers =>
        {
            var x = layers.Input(1, layers.Pick(1, 2, 3, 5, 8, 13), layers.Pick(1, 2, 3, 4, 5, 7, 8, 9, 11, 16, 21), layers.Pick(1, 2, 3, 4, 6, 8));
            return layers.OneIn(2) ? layers.Depthwise(layers.Depthwise(x)) : layers.Conv(layers.Depthwise(layers.Conv(x)));
        });

        var generated = GeneratedCode.SameAsPortable(graph, TargetNames.Machines.First(machine => machine.Build.Name == target));
        Assert.True(generated > Chains * 3 / 2, $"only {generated} layers ran on generated code");
    }
}
