// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>Additions alone, of an input and itself, and between convolutions, which may choose the layout of each operand and of the sum.</summary>
public sealed class AddTests
{
    private static readonly int Chains = Toolchain.IsFull ? 500 : 60;

    [ToolchainTheory]
    [InlineData("cortex-m4", 1)]
    [InlineData("cortex-m4", 2)]
    [InlineData("cortex-m7", 3)]
    public void Random_additions_are_exact(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, Chains, layers =>
        {
            int[] shape = [1, layers.Pick(1, 2, 3), layers.Pick(1, 2, 3, 5), layers.Pick(1, 2, 3, 4, 5, 6, 8, 12)];
            var (x, y) = (layers.Input(shape), layers.Input(shape));
            if (layers.OneIn(3))
            {
                return layers.Sum(x, layers.OneIn(4) ? x : y);
            }

            var left = layers.Conv(x);
            var sum = layers.Sum(left, layers.OneIn(2) ? layers.Input([.. left.Shape.Dimensions]) : layers.Sum(left, layers.Input([.. left.Shape.Dimensions])));
            return layers.OneIn(3) ? sum : layers.Conv(sum);
        });

        var generated = GeneratedCode.SameAsPortable(graph, TargetNames.Machines.First(machine => machine.Build.Name == target), family: "add");
        Assert.True(generated > Chains / 2, $"only {generated} additions ran on generated code");
    }
}
