// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Emit;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Profiling;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>The planner chooses by predicted cycles, so each family's prediction is held to the cycle model, on layers as networks have them.</summary>
public sealed class PredictionTests
{
    private const double LargestError = 0.2;

    /// <summary>Calls and entries, which small layers are made of.</summary>
    private const int Slack = 300;

    [ToolchainTheory]
    [InlineData("cortex-m4", "Latency")]
    [InlineData("cortex-m4", "Flash")]
    [InlineData("cortex-m7", "Latency")]
    [InlineData("cortex-m7", "Flash")]
    public void Predictions_are_near_the_cycle_model(string target, string goal)
    {
        (int Height, int Width, int Depth, int OutDepth, int Filter, int Stride)[] convolutions =
        [
            (32, 32, 3, 16, 3, 2), (16, 16, 16, 16, 3, 1), (16, 16, 32, 32, 3, 1), (8, 8, 64, 64, 3, 1), (16, 16, 16, 32, 3, 2), (8, 8, 32, 64, 3, 2),
            (25, 5, 64, 64, 1, 1), (12, 12, 16, 32, 1, 1), (6, 6, 128, 128, 1, 1), (16, 16, 16, 32, 1, 2), (49, 10, 1, 64, 4, 2),
        ];
        (int In, int Out)[] dense = [(640, 128), (128, 128), (128, 8), (64, 10), (256, 2)];

        var next = 0;
        var graph = RandomLayers.Chains(seed: 10, convolutions.Length + dense.Length + 10, layers =>
        {
            var index = next++;
            if (index < convolutions.Length)
            {
                var shape = convolutions[index];
                return layers.Conv(layers.Input(1, shape.Height, shape.Width, shape.Depth), shape.OutDepth, shape.Filter, shape.Stride);
            }

            if (index < convolutions.Length + dense.Length)
            {
                var (inSize, outSize) = dense[index - convolutions.Length];
                return layers.Dense(layers.Input(1, inSize), outSize);
            }

            return (index - convolutions.Length - dense.Length) switch
            {
                0 => layers.Pool(layers.Input(1, 25, 5, 64), "average", (25, 5), (1, 1)),
                1 => layers.Pool(layers.Input(1, 12, 12, 32), "max", (2, 2), (2, 2)),
                2 => layers.Sum(layers.Input(1, 16, 16, 16), layers.Input(1, 16, 16, 16)),
                3 => layers.LookUp(layers.Input(1, 16, 16, 16)),
                4 => layers.Bordered(layers.Input(1, 16, 16, 8), [0, 0, 0, 0], [0, 0, 0, 8]),
                5 => layers.Bordered(layers.Input(1, 16, 16, 22), [0, 1, 1, 0], [0, 1, 1, 0]),
                6 => layers.Bordered(layers.Input(1, 8, 8, 32), [0, 0, 0, 0], [0, 0, 0, 64]),
                7 => layers.Rescaled(layers.Input16(1, 16, 16, 16)),
                8 => layers.Quantized(layers.Floats(1, 16, 16, 16), 0.01f),
                _ => layers.PoolWithBorders(layers.Input(1, 12, 12, 32), "max", 3, 1),
            };
        });

        AssertNear(graph, target, Enum.Parse<Goal>(goal), ["convolution", "winograd", "fully_connected", "pool", "add", "look_up", "pad", "rescale", "quantize"]);
    }

    [ToolchainTheory]
    [InlineData("cortex-m4")]
    [InlineData("cortex-m7")]
    public void Predictions_of_slow_and_recurrent_families_are_near_the_cycle_model(string target)
    {
        Func<RandomLayers, Value>[] chains =
        [
            layers => layers.Conv16(layers.Input16(1, 16, 16, 8), 16, 3, 1),
            layers => layers.Conv16(layers.Input16(1, 12, 12, 16), 16, 1, 1),
            layers => layers.Conv16(layers.Input16(1, 20, 20, 3), 8, 5, 2),
            layers => layers.Dense16(layers.Input16(1, 128), 64),
            layers => layers.Dense16(layers.Input16(1, 257), 12),
            layers => layers.Transposed(layers.Input(1, 16, 16, 8), [0, 2, 1, 3]),
            layers => layers.Transposed(layers.Input(1, 12, 12, 16), [0, 3, 1, 2]),
            layers => layers.Transposed(layers.Input16(1, 20, 8, 6), [0, 1, 3, 2]),
            layers => layers.Sliced(layers.Input(1, 12, 12, 16), [0, 2, 2, 0], [1, 8, 8, 16]),
            layers => layers.Sliced(layers.Input(1, 16, 16, 32), [0, 0, 0, 8], [1, 16, 16, 8]),
            layers => layers.Sliced(layers.Input(1, 30, 1, 40), [0, 1, 0, 0], [1, 29, 1, 40]),
            layers => layers.Joined(layers.Input(1, 12, 12, 16), 3),
            layers => layers.Joined(layers.Input(1, 20, 1, 64), 1),
            layers => layers.Product(layers.Input(1, 16, 16, 16), layers.Input(1, 16, 16, 16)),
            layers => layers.Product(layers.Input(1, 16, 16, 16), layers.Input(1, 1, 1, 16)),
            layers => layers.Product(layers.Input(1, 8, 8, 96), layers.Input(1, 1, 1, 96)),
            layers => layers.Product(layers.Input16(1, 10, 10, 24), layers.Input16(1, 10, 10, 24)),
            layers => layers.Svdf(layers.Input(1, 96), (8, 2, 8)),
            layers => layers.Svdf(layers.Input(1, 40), (8, 1, 12)),
            layers => layers.Svdf(layers.Input(1, 16), (8, 3, 4)),
            layers => layers.Lstm(layers.Input(1, 28, 28), 20),
            layers => layers.Lstm(layers.Input(1, 6, 83), 87),
            layers => layers.Lstm(layers.Input(1, 1, 130), 33),
            layers => layers.Column(layers.Input(1, 15, 1, 16)),
            layers => layers.Column(layers.Input(1, 23, 1, 8)),
            layers => layers.Column(layers.Input(1, 9, 1, 12)),
            layers => layers.RepeatedSum(layers.Input(1, 16, 16, 16), layers.Input(1, 1, 1, 16)),
            layers => layers.RepeatedSum(layers.Input16(1, 10, 10, 24), layers.Input16(1, 10, 10, 24)),
            layers => layers.Softmax(1, 2, isWide: false, 0.05f),
            layers => layers.Softmax(1, 12, isWide: false, 0.1f),
            layers => layers.Softmax(1, 1000, isWide: false, 0.1f),
            layers => layers.Softmax(90, 3, isWide: false, 0.1f),
            layers => layers.Softmax(100, 10, isWide: true, 0.1f),
            layers => layers.Product(layers.LookUp(layers.Sum(layers.Input(1, 128), layers.Input(1, 128))), layers.Input(1, 128)),
            layers => layers.LookUp(layers.Sum(layers.LookUp(layers.Input(1, 16, 16, 16)), layers.LookUp(layers.Input(1, 16, 16, 16)))),
            layers => layers.Sum(layers.LookUp(layers.Product(layers.LookUp(layers.Input(1, 16, 16, 24)), layers.Input(1, 1, 1, 24))), layers.Input(1, 16, 16, 24)),
        ];
        var next = 0;
        AssertNear(RandomLayers.Chains(seed: 11, chains.Length, layers => chains[next++](layers)), target, Goal.Latency, ["patch", "copy", "mul", "add", "svdf", "lstm", "column", "softmax", "fused"]);
    }

    /// <summary>Every tile, passes and strips of any length, weights expanded on either side.</summary>
    [ToolchainTheory]
    [InlineData("cortex-m4", "winograd")]
    [InlineData("cortex-m7", "winograd")]
    [InlineData("cortex-m4", "convolution")]
    [InlineData("cortex-m7", "convolution")]
    public void Predictions_of_all_ways_of_a_family_are_near_the_cycle_model(string target, string family)
    {
        (int Size, int Depth)[] shapes = [(16, 16), (6, 32), (3, 32), (14, 24), (10, 8), (8, 48)];
        var next = 0;
        var graph = RandomLayers.Chains(seed: 11, 3 * shapes.Length, layers =>
        {
            var (size, depth) = shapes[next++ % shapes.Length];
            return layers.Conv(layers.Input(1, size, size, depth), depth, filter: 3, stride: 1);
        });

        var machine = TargetNames.Machines.First(machine => machine.Build.Name == target);
        var program = GeneratedCode.AnyWay(graph, machine.Core, family);
        AssertNear(graph, machine, program, [family]);
        Assert.InRange(program.Choices.Values.Select(choices => choices.First(choice => choice.Standing == Standing.Chosen).Way).Distinct().Count(), 4, graph.Nodes.Count);
    }

    private static void AssertNear(Graph graph, string target, Goal goal, IReadOnlyList<string> families)
    {
        var machine = TargetNames.Machines.First(machine => machine.Build.Name == target);
        AssertNear(graph, machine, CoreProgram.For(machine.Core, graph, goal)!, families);
    }

    private static void AssertNear(Graph graph, Machine machine, CoreProgram program, IReadOnlyList<string> families)
    {
        IReadOnlyList<CoreProgram> programs = [CoreProgram.Portable(graph), program];
        var profile = Profiler.Run(new CompiledModel("predictions", 0, [], programs, ImageEmitter.Emit(programs, [], [])), machine);

        // A node may have several calls, each of which says what all of them take.
        var wrong =
            from pair in program.Schedule.Steps.Zip(profile.Layers)
            where pair.First.Call.Cycles is not null
            group pair by pair.First.Node into calls
            let call = calls.First().First.Call
            let measured = calls.Sum(pair => pair.Second.Cycles)
            where Math.Abs(call.Cycles!.Value - measured) > (LargestError * measured) + Slack
            select $"{call.Kernel} {calls.Key.Op} {calls.Key.Input.Shape} -> {calls.Key.Output.Shape} {call.Remark}: {call.Cycles} cycles predicted, {measured} measured";
        Assert.True(!wrong.Any(), string.Join('\n', wrong));
        Assert.Empty(families.Except(program.Schedule.Steps.Where(step => step.Call.Routine is not null).Select(step => step.Call.Kernel)));
    }
}
