// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>Copies alone and around convolutions, which may choose layouts; products and sums with operands that are repeated.</summary>
public sealed class MovementTests
{
    private static readonly int Chains = Toolchain.IsFull ? 500 : 120;

    /// <summary>More do not fit the memory of the emulator; the sweep of all families has more.</summary>
    private const int MostBorders = 360;

    [ToolchainTheory]
    [InlineData("cortex-m4", 1)]
    [InlineData("cortex-m7", 2)]
    public void Random_copies_are_exact(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, Chains, layers =>
        {
            int[] shape = [1, layers.Pick(1, 2, 3, 5), layers.Pick(1, 2, 4, 9), layers.Pick(1, 2, 3, 4, 8, 17, 40, 70)];
            if (layers.OneIn(3))
            {
                return layers.Moved(layers.Moved(layers.Input16(shape)));
            }

            var x = layers.Input(shape);
            return layers.OneIn(3) ? layers.Conv(layers.Moved(layers.Conv(x))) : layers.Moved(layers.OneIn(2) ? x : layers.Moved(x));
        });

        var generated = GeneratedCode.SameAsPortable(graph, Machine(target), family: "copy");
        Assert.True(generated > Chains / 2, $"only {generated} copies ran on generated code");
    }

    /// <summary>Rows of every length and place, indices inside and far outside.</summary>
    [ToolchainTheory]
    [InlineData("cortex-m4", 5)]
    [InlineData("cortex-m7", 6)]
    public void Random_rows_are_exact(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, Chains, layers => layers.Row());
        foreach (var family in new[] { "take_row", "put_row", "next_turn" })
        {
            Assert.True(GeneratedCode.SameAsPortable(graph, Machine(target), family: family) > Chains / 8, family);
        }
    }

    [ToolchainTheory]
    [InlineData("cortex-m4", 5)]
    [InlineData("cortex-m7", 6)]
    public void Random_borders_and_enlargements_are_exact(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, Math.Min(Chains, MostBorders), layers =>
        {
            int[] shape = [1, layers.Pick(1, 2, 3, 5), layers.Pick(1, 2, 4, 9), layers.Pick(1, 2, 3, 4, 8, 17, 40, 70)];
            var x = layers.OneIn(3) ? layers.Input16(shape) : layers.Input(shape);
            Value Wider(Value x) => layers.OneIn(3) ? layers.Resized(x) : layers.Padded(x);
            return x.Type == ElementType.S8 && layers.OneIn(3) ? layers.Conv(Wider(layers.Conv(x))) : Wider(x);
        });

        var generated = GeneratedCode.SameAsPortable(graph, Machine(target), family: "pad");
        Assert.True(generated > Chains / 3, $"only {generated} borders ran on generated code");
    }

    [ToolchainTheory]
    [InlineData("cortex-m4", 3)]
    [InlineData("cortex-m7", 4)]
    public void Random_products_and_sums_are_exact(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, Chains, layers =>
        {
            int[] shape = [1, layers.Pick(1, 2, 3), layers.Pick(1, 2, 5), layers.Pick(1, 2, 3, 4, 5, 8, 11)];
            var x = layers.OneIn(3) ? layers.Input16(shape) : layers.Input(shape);
            var other = layers.Operand(x);
            var (a, b) = layers.OneIn(2) ? (x, other) : (other, x);
            return layers.OneIn(2) ? layers.Product(a, b) : layers.RepeatedSum(a, b);
        });

        var machine = Machine(target);
        var generated = GeneratedCode.SameAsPortable(graph, machine, family: null);
        Assert.True(generated > Chains * 3 / 4, $"only {generated} layers ran on generated code");
    }

    private static Machine Machine(string target) => TargetNames.Machines.First(machine => machine.Build.Name == target);
}
