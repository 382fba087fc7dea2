// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>Rows of all small lengths and some long ones, scales from flat to so steep that one element counts, outputs of 8 and 16 bits.</summary>
public sealed class SoftmaxTests
{
    private static readonly int Chains = Toolchain.IsFull ? 500 : 120;

    [ToolchainTheory]
    [InlineData("cortex-m4", 1)]
    [InlineData("cortex-m7", 2)]
    public void Random_rows_are_exact(string target, int seed)
    {
        var depths = Enumerable.Range(1, 17).Concat([61, 62, 256, 510, 511]).ToArray();
        var graph = RandomLayers.Chains(seed, Chains, layers => layers.Softmax(layers.Pick(1, 1, 2, 3), layers.Pick(depths), isWide: layers.OneIn(3)));
        var generated = GeneratedCode.SameAsPortable(graph, Machine(target), family: "softmax");
        Assert.Equal(Chains, generated);
    }

    /// <summary>Sums with so many bits that outputs of 8 are all 0, and the longest rows of 16 bits that the generator takes.</summary>
    [ToolchainTheory]
    [InlineData("cortex-m4")]
    [InlineData("cortex-m7")]
    public void Long_rows_are_exact(string target)
    {
        var next = 0;
        (int Depth, bool IsWide)[] rows = [(512, false), (1000, false), (2047, false), (4095, false), (512, true), (1000, true), (1024, true), (1025, true)];
        var graph = RandomLayers.Chains(seed: 3, 4 * rows.Length, layers =>
        {
            var (depth, isWide) = rows[next++ % rows.Length];
            return layers.Softmax(1, depth, isWide);
        });
        var generated = GeneratedCode.SameAsPortable(graph, Machine(target), family: "softmax");
        Assert.Equal(4 * (rows.Length - 1), generated);
    }

    private static Machine Machine(string target) => TargetNames.Machines.First(machine => machine.Build.Name == target);
}
