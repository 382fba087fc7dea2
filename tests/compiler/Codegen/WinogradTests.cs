// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>
/// 3x3 convolutions by Winograd's transforms: ragged tiles, odd numbers of tiles and channels, both layouts of the input, weights transformed on
/// either side, any number of passes.
/// </summary>
public sealed class WinogradTests
{
    private static readonly int Chains = Toolchain.IsFull ? 200 : 30;

    [ToolchainTheory]
    [InlineData("cortex-m4", 1)]
    [InlineData("cortex-m4", 2)]
    [InlineData("cortex-m4", 3)]
    [InlineData("cortex-m7", 4)]
    [InlineData("cortex-m7", 5)]
    [InlineData("cortex-m7", 6)]
    public void Random_convolutions_are_exact(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, Chains, layers =>
        {
            var columns = layers.Pick(2, 3, 4, 5, 7, 8, 9, 12, 15, 17, 24, 29, 33);
            var x = layers.Input(1, layers.Pick(2, 3, 4, 5, 6, 7, 8, 10, 13, 16), columns, layers.Pick(8, 12, 16, 20, 36));
            return layers.Square(layers.OneIn(3) ? layers.Square(x) : x);
        });

        var machine = TargetNames.Machines.First(machine => machine.Build.Name == target);
        var generated = GeneratedCode.SameAsPortable(graph, machine, GeneratedCode.AnyWay(graph, machine.Core, "winograd"), "winograd");
        Assert.True(generated > Chains * 3 / 4, $"only {generated} layers ran on Winograd's transform");
    }

    [ToolchainTheory]
    [InlineData("cortex-m4", 7)]
    [InlineData("cortex-m7", 8)]
    public void Extreme_quantizations_are_exact(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, Chains, layers => layers.Square(layers.Input(1, layers.Pick(2, 4, 6, 9), layers.Pick(3, 4, 6, 9), layers.Pick(8, 16))), extreme: true);

        var machine = TargetNames.Machines.First(machine => machine.Build.Name == target);
        var generated = GeneratedCode.SameAsPortable(graph, machine, GeneratedCode.AnyWay(graph, machine.Core, "winograd"), "winograd");
        Assert.True(generated > Chains / 5, $"only {generated} layers ran on Winograd's transform");
    }

    /// <summary>As many channels out as in, and whole rows of tiles: the output lies over the input, and several rows of tiles share a block of weights.</summary>
    [ToolchainTheory]
    [InlineData("cortex-m4", 7)]
    [InlineData("cortex-m7", 8)]
    public void Outputs_over_their_inputs_are_exact(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, Chains, layers =>
        {
            var depth = layers.Pick(8, 12, 20);
            return layers.Square(layers.Square(layers.Input(1, layers.Pick(8, 12, 16), layers.Pick(8, 11, 25), depth), depth), depth);
        });

        var machine = TargetNames.Machines.First(machine => machine.Build.Name == target);
        var program = CoreProgram.For(machine.Core, graph, Goal.Flash)!;
        Assert.True(program.Schedule.Steps.Count(step => program.Schedule.Storage[step.Node.Input] == program.Schedule.Storage[step.Node.Output]) > Chains / 2);
        Assert.True(program.Schedule.Steps.Count(step => step.Call.Remark.Contains("device once", StringComparison.Ordinal)) > Chains / 4);
        GeneratedCode.SameAsPortable(graph, machine, Goal.Flash, "winograd");
    }
}
