// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>Convolutions and matrix products of int16, and of int8 where sums or weights are too large for the other families.</summary>
public sealed class PatchTests
{
    private static readonly int Chains = Toolchain.IsFull ? 500 : 100;

    [ToolchainTheory]
    [InlineData("cortex-m4", 1)]
    [InlineData("cortex-m7", 2)]
    public void Random_layers_of_int16_are_exact(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, Chains, layers =>
        {
            if (layers.OneIn(3))
            {
                return layers.Dense16(layers.Dense16(layers.Input16(layers.OneIn(4) ? 3 : 1, layers.Pick(1, 2, 3, 4, 5, 7, 8, 12, 23, 24, 25, 64, 72, 129, 700))));
            }

            var x = layers.Input16(layers.OneIn(6) ? 2 : 1, layers.Pick(1, 2, 3, 5, 6), layers.Pick(1, 2, 3, 5, 8), layers.Pick(1, 2, 3, 4, 5, 8, 12));
            return layers.OneIn(3) ? layers.Grouped16(x) : layers.OneIn(2) ? layers.Conv16(x) : layers.Conv16(layers.Conv16(x));
        });

        var generated = GeneratedCode.SameAsPortable(graph, Machine(target), family: "patch");
        Assert.True(generated > Chains, $"only {generated} layers ran on generated code");
    }

    [ToolchainTheory]
    [InlineData("cortex-m4", 3)]
    [InlineData("cortex-m7", 4)]
    public void Random_layers_of_int8_are_exact(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, Chains, layers => layers.OneIn(4) ? layers.Multiplied(layers.Input(1, layers.Pick(1, 2, 5), layers.Pick(1, 3, 6), layers.Pick(2, 3, 4, 8))) : layers.PatchConv(layers.OneIn(10)
            ? layers.Input(1, 3, 5, layers.Pick(300, 500, 701))
            : layers.Input(layers.OneIn(6) ? 2 : 1, layers.Pick(1, 2, 3, 5, 6), layers.Pick(1, 2, 3, 5, 8), layers.Pick(1, 2, 3, 4, 5, 8, 12))));

        var generated = GeneratedCode.SameAsPortable(graph, Machine(target), family: "patch");
        Assert.True(generated > Chains / 3, $"only {generated} layers ran on generated code");
    }

    private static Machine Machine(string target) => TargetNames.Machines.First(machine => machine.Build.Name == target);
}
