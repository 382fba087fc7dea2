// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Emit;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Profiling;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>Generated depthwise convolutions, alone and beside pointwise ones, with which they agree on a layout.</summary>
public sealed class DepthwiseTests
{
    private const double PredictionError = 0.2;

    private static readonly int Chains = Toolchain.IsFull ? 500 : 50;

    private static readonly (int Height, int Width, int Depth, (int, int) Filter, int Stride)[] Measured =
    [
        (48, 48, 4, (3, 3), 1), (48, 48, 4, (3, 3), 2), (25, 5, 8, (3, 3), 1), (6, 6, 16, (3, 3), 1), (3, 3, 16, (3, 3), 1), (16, 16, 4, (5, 5), 1),
        (20, 20, 4, (5, 5), 2), (30, 1, 8, (9, 1), 1), (12, 30, 2, (1, 7), 1), (24, 24, 2, (7, 7), 1), (28, 1, 8, (5, 1), 1),
    ];

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
            if (layers.OneIn(2))
            {
                return layers.Depthwise(layers.Depthwise(x));
            }

            // The other reader wants its input in its own layout.
            var shared = layers.Conv(x);
            layers.Output(layers.Conv(shared));
            return layers.Conv(layers.Depthwise(shared));
        });

        var generated = GeneratedCode.SameAsPortable(graph, TargetNames.Machines.First(machine => machine.Build.Name == target));
        Assert.True(generated > Chains * 3 / 2, $"only {generated} layers ran on generated code");
    }

    [ToolchainTheory]
    [InlineData("cortex-m4", 11)]
    [InlineData("cortex-m7", 12)]
    public void Planes_stored_by_convolutions_are_read_in_place(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, Chains, layers =>
        {
            var x = layers.Input(1, layers.Pick(1, 2, 3, 5, 8, 13), layers.Pick(1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 19, 26), layers.Pick(1, 2, 4, 5));
            return layers.Depthwise(layers.Conv(x, layers.Pick(1, 2, 4, 5, 6, 8, 10), layers.Pick(1, 1, 3), layers.Pick(1, 1, 2)), (layers.Pick(1, 2, 3, 3, 3), 3), stride: 2);
        }, extreme: seed % 2 == 0);

        var machine = TargetNames.Machines.First(machine => machine.Build.Name == target);
        var program = Planar(graph, machine.Core);
        GeneratedCode.SameAsPortable(graph, machine, program, family: null);
        var planar = program.Schedule.Steps.Count(step => step.Node.Inputs.Any(input => input.Layout == Layout.Planar));
        Assert.True(planar > Chains / 2, $"only {planar} of {Chains} layers read planes");
    }

    [ToolchainFact]
    public void Layers_of_one_shape_share_code_only_where_their_arithmetic_is_the_same()
    {
        var graph = RandomLayers.Chains(seed: 6, Chains, layers => layers.Depthwise(layers.Input(1, 4, 4, 2), (3, 3), stride: 1));
        GeneratedCode.SameAsPortable(graph, TargetNames.Machines[0]);
    }

    [ToolchainTheory]
    [InlineData("cortex-m4")]
    [InlineData("cortex-m7")]
    public void Predicted_cycles_are_near_those_of_the_cycle_model(string target)
    {
        var machine = TargetNames.Machines.First(machine => machine.Build.Name == target);
        var shapes = new Queue<(int Height, int Width, int Depth, (int, int) Filter, int Stride)>(Measured);
        var graph = RandomLayers.Chains(seed: 5, Measured.Length, layers =>
        {
            var shape = shapes.Dequeue();
            return layers.Depthwise(layers.Input(1, shape.Height, shape.Width, shape.Depth), shape.Filter, shape.Stride);
        });

        IReadOnlyList<CoreProgram> programs = [CoreProgram.Portable(graph), CoreProgram.For(machine.Core, graph)!];
        var profile = Profiler.Run(new CompiledModel("depthwise", 0, [], programs, ImageEmitter.Emit(programs, [], [])), machine);
        foreach (var (node, layer, shape) in graph.Nodes.Zip(profile.Layers, Measured))
        {
            var predicted = Families.Of(node, machine.Core, graph).Where(candidate => candidate.Family == "depthwise" && candidate.Inputs[0] == Layout.RowMajor).Min(candidate => candidate.Cycles);
            Assert.True(Math.Abs(predicted - layer.Cycles) < PredictionError * layer.Cycles, $"{shape}: {predicted} cycles predicted, {layer.Cycles} measured");
        }
    }

    [ToolchainTheory]
    [InlineData("cortex-m4")]
    [InlineData("cortex-m7")]
    public void Predicted_cycles_of_planes_read_in_place_are_near_those_of_the_cycle_model(string target)
    {
        var machine = TargetNames.Machines.First(machine => machine.Build.Name == target);
        var shapes = new Queue<(int Size, int Depth)>([(48, 4), (24, 8), (12, 16), (14, 16), (6, 16), (66, 4)]);
        var graph = RandomLayers.Chains(seed: 5, shapes.Count, layers =>
        {
            var (size, depth) = shapes.Dequeue();
            return layers.Depthwise(layers.Conv(layers.Input(1, size, size, 4), depth, 1, 1), (3, 3), stride: 2);
        });

        var program = Planar(graph, machine.Core);
        IReadOnlyList<CoreProgram> programs = [CoreProgram.Portable(graph), program];
        var profile = Profiler.Run(new CompiledModel("planar", 0, [], programs, ImageEmitter.Emit(programs, [], [])), machine);
        foreach (var (step, layer) in program.Schedule.Steps.Zip(profile.Layers).Where(pair => pair.First.Call.Kernel == "depthwise"))
        {
            var predicted = step.Call.Cycles!.Value;
            Assert.True(Math.Abs(predicted - layer.Cycles) < PredictionError * layer.Cycles, $"{step.Call.Kernel} {step.Node.Input.Shape}: {predicted} cycles predicted, {layer.Cycles} measured");
        }
    }

    [ToolchainTheory]
    [InlineData("cortex-m4", 6)]
    [InlineData("cortex-m7", 7)]
    public void Extreme_quantizations_are_exact(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, Chains, layers => layers.Depthwise(layers.Input(1, layers.Pick(1, 3, 5), layers.Pick(1, 2, 5), layers.Pick(1, 3, 4, 7, 16, 30))), extreme: true);

        var generated = GeneratedCode.SameAsPortable(graph, TargetNames.Machines.First(machine => machine.Build.Name == target));
        Assert.True(generated > Chains / 3, $"only {generated} of {Chains} layers ran on generated code");
    }

    // Planes wherever producer and consumer can, also where they cost more.
    private static CoreProgram Planar(Graph graph, Core core)
    {
        var assignment = new LayoutAssignment(graph, core);
        foreach (var node in graph.Nodes)
        {
            assignment.Forbid(node, Standing.Slower, candidate => !candidate.Inputs.Concat(candidate.Outputs).Contains(Layout.Planar) && candidate.Family != PortableFamily.Name);
        }

        return CoreProgram.Of([assignment], hotRam: long.MaxValue)[0]!;
    }
}
