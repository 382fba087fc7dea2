// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>Kernels in C with instructions of the DSP extension, held to portable C on this machine.</summary>
public sealed class DspKernelTests
{
    private static readonly int Chains = Toolchain.IsFull ? 500 : 120;

    [ToolchainTheory]
    [InlineData("cortex-m4", 71, false)]
    [InlineData("cortex-m4", 72, true)]
    [InlineData("cortex-m7", 73, false)]
    [InlineData("cortex-m7", 74, true)]
    public void Random_layers_equal_portable_c(string target, int seed, bool extreme)
    {
        var graph = RandomLayers.Chains(
            seed,
            Chains,
            layers =>
            {
                var image = layers.Input(layers.OneIn(4) ? 2 : 1, layers.Pick(1, 2, 3, 5, 7), layers.Pick(1, 2, 4, 6, 9), layers.Pick(1, 2, 3, 4, 5, 6, 8, 9, 12, 19));
                return layers.Pick(0, 1, 2, 3, 4, 5, 6) switch
                {
                    0 => layers.Conv(image),
                    1 => layers.Depthwise(image),
                    2 => layers.Transposed(image),
                    3 => layers.Apart(image),
                    4 => layers.Lstm(layers.Input(1, layers.Pick(1, 2, 3), layers.Pick(1, 2, 3, 4, 5, 8, 28))),
                    5 => layers.Svdf(layers.Input(1, layers.Pick(1, 2, 3, 4, 7, 8, 30))),
                    _ => layers.Dense(layers.Input(layers.Pick(1, 3), layers.Pick(1, 2, 3, 4, 5, 7, 8, 30, 63, 129))),
                };
            },
            extreme);

        GeneratedCode.PortableOn(graph, TargetNames.Machines.First(machine => machine.Build.Name == target));
    }
}
