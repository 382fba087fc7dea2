// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>Pools and tables alone and between convolutions, which may choose the layouts around them.</summary>
public sealed class PoolTests
{
    private static readonly int Chains = Toolchain.IsFull ? 500 : 80;

    [ToolchainTheory]
    [InlineData("cortex-m4", 1)]
    [InlineData("cortex-m4", 2)]
    [InlineData("cortex-m7", 3)]
    public void Random_pools_are_exact(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, Chains, layers =>
        {
            var x = layers.Input(1, layers.Pick(1, 2, 3, 5, 8), layers.Pick(1, 2, 3, 5, 7, 12), layers.Pick(3, 4, 5, 6, 7, 8, 12, 15, 20, 22));
            var pool = layers.Pool(layers.OneIn(2) ? x : layers.Square(x));
            return layers.OneIn(2) ? pool : layers.Conv(pool);
        });

        var generated = GeneratedCode.SameAsPortable(graph, Machine(target), family: "pool");
        Assert.True(generated > Chains / 2, $"only {generated} pools ran on generated code");
    }

    [ToolchainTheory]
    [InlineData("cortex-m4", 1)]
    [InlineData("cortex-m7", 2)]
    public void Random_tables_are_exact(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, Chains, layers =>
        {
            var x = layers.Input(1, layers.Pick(1, 2, 3), layers.Pick(1, 2, 3), layers.Pick(1, 2, 3, 4, 6, 7, 8));
            var table = layers.LookUp(layers.OneIn(2) ? x : layers.Conv(x));
            return layers.OneIn(2) ? table : layers.Conv(table);
        });

        var generated = GeneratedCode.SameAsPortable(graph, Machine(target), family: "look_up");
        Assert.True(generated > Chains * 3 / 4, $"only {generated} tables ran on generated code");
    }

    private static Machine Machine(string target) => TargetNames.Machines.First(machine => machine.Build.Name == target);
}
