// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>Other quantizations, and floats of all kinds: noise, halves, infinities, what is no number.</summary>
public sealed class ConversionTests
{
    private static readonly int Chains = Toolchain.IsFull ? 500 : 120;

    [ToolchainTheory]
    [InlineData("cortex-m4", 1)]
    [InlineData("cortex-m7", 2)]
    public void Random_requantizations_are_exact(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, Chains, layers => layers.Rescaled(layers.Number(1, layers.Pick(1, 2, 3, 4, 5, 7, 16, 61))));
        var generated = GeneratedCode.SameAsPortable(graph, Machine(target), family: "rescale");
        Assert.True(generated > Chains / 2, $"only {generated} requantizations ran on generated code");
    }

    [ToolchainTheory]
    [InlineData("cortex-m4", 3)]
    [InlineData("cortex-m7", 4)]
    public void Random_quantizations_of_floats_are_exact(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, Chains, layers =>
        {
            var shape = new[] { 1, layers.Pick(1, 2, 3, 4, 5, 7, 16, 61) };
            if (layers.OneIn(3))
            {
                return layers.Quantized(layers.Floats(shape), 1e-3f);
            }

            var x = layers.Number(shape);
            return layers.Quantized(layers.Dequantized(x), x.Quantization!.Scale);
        });
        var generated = GeneratedCode.SameAsPortable(graph, Machine(target), family: "quantize");
        Assert.True(generated > Chains / 2, $"only {generated} quantizations ran on generated code");
    }

    [ToolchainTheory]
    [InlineData("cortex-m4", 5)]
    [InlineData("cortex-m7", 6)]
    public void Random_changes_of_sign_are_exact(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, Chains, layers => layers.OtherSign(1, layers.Pick(1, 2, 3, 4, 5, 7, 16, 61)));
        var generated = GeneratedCode.SameAsPortable(graph, Machine(target), family: "look_up");
        Assert.True(generated > Chains / 2, $"only {generated} tables ran on generated code");
    }

    private static Machine Machine(string target) => TargetNames.Machines.First(machine => machine.Build.Name == target);
}
