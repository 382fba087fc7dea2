// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Emit;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Profiling;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>Generated binary convolutions of all outputs, alone and one after another.</summary>
public sealed class BinaryTests
{
    private const double PredictionError = 0.2;

    private static readonly (int Size, int Filter, int Channels, int OutDepth, bool Int8)[] Measured =
    [
        (5, 3, 256, 256, false), (5, 3, 256, 256, true), (7, 3, 64, 64, false), (7, 3, 64, 64, true), (9, 3, 32, 32, false), (8, 1, 128, 128, false), (6, 3, 128, 96, true),
    ];

    private static readonly int Chains = Toolchain.IsFull ? 500 : 60;

    [ToolchainTheory]
    [InlineData("cortex-m4", 1)]
    [InlineData("cortex-m7", 2)]
    public void Random_binary_convolutions_are_exact(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, Chains, layers =>
        {
            var x = layers.BinaryInput(layers.Pick(1, 1, 2), layers.Pick(1, 2, 3, 5), layers.Pick(1, 2, 4, 5), layers.Pick(1, 2, 3, 4, 7, 8, 10));
            var bits = layers.OneIn(3) ? layers.Binary(x, ElementType.S32) : x;
            return layers.Binary(bits, layers.OneIn(2) ? ElementType.S8 : layers.OneIn(2) ? ElementType.S32 : ElementType.F32);
        });

        var generated = GeneratedCode.SameAsPortable(graph, TargetNames.Machines.First(machine => machine.Build.Name == target), family: "binary");
        Assert.True(generated > Chains, $"only {generated} layers ran on generated code");
    }

    [ToolchainTheory]
    [InlineData("cortex-m4", 0.35)]
    [InlineData("cortex-m7", 0.25)]
    public void A_binary_product_takes_a_third_of_a_cycle(string target, double most)
    {
        var machine = TargetNames.Machines.First(machine => machine.Build.Name == target);
        var shapes = new Queue<(int Size, int Filter, int Channels, int OutDepth, bool Int8)>(Measured);
        var graph = RandomLayers.Chains(seed: 3, Measured.Length, layers =>
        {
            var shape = shapes.Dequeue();
            return layers.Binary(shape.Size, shape.Filter, shape.Channels, shape.OutDepth, shape.Int8 ? ElementType.S8 : ElementType.S32);
        });

        IReadOnlyList<CoreProgram> programs = [CoreProgram.Portable(graph), CoreProgram.For(machine.Core, graph)!];
        var profile = Profiler.Run(new CompiledModel("binary", 0, [], programs, ImageEmitter.Emit(programs, [], [])), machine);
        foreach (var (node, layer, shape) in graph.Nodes.Zip(profile.Layers, Measured))
        {
            var predicted = Families.Of(node, machine.Core, graph).Where(candidate => candidate.Family == "binary").Min(candidate => candidate.Cycles);
            Assert.True(Math.Abs(predicted - layer.Cycles) < PredictionError * layer.Cycles, $"{shape}: {predicted} cycles predicted, {layer.Cycles} measured");
            Assert.True(shape.Channels < 256 || layer.Cycles < most * node.Op.Macs(node), $"{shape}: {layer.Cycles} cycles for {node.Op.Macs(node)} products");
        }
    }
}
