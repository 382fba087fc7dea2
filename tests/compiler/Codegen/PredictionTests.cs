// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Emit;
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

        var machine = TargetNames.Machines.First(machine => machine.Build.Name == target);
        var program = CoreProgram.For(machine.Core, graph, Enum.Parse<Goal>(goal))!;
        IReadOnlyList<CoreProgram> programs = [CoreProgram.Portable(graph), program];
        var profile = Profiler.Run(new CompiledModel("predictions", 0, [], programs, ImageEmitter.Emit(programs, [], [])), machine);

        var wrong = program.Schedule.Steps.Zip(profile.Layers)
            .Where(pair => pair.First.Call.Cycles is { } predicted && Math.Abs(predicted - pair.Second.Cycles) > (LargestError * pair.Second.Cycles) + Slack)
            .Select(pair => $"{pair.First.Call.Kernel} {pair.First.Node.Op} {pair.First.Node.Input.Shape} -> {pair.First.Node.Output.Shape} {pair.First.Call.Remark}: {pair.First.Call.Cycles} cycles predicted, {pair.Second.Cycles} measured").ToArray();
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));

        string[] families = ["convolution", "winograd", "fully_connected", "pool", "add", "look_up", "pad", "rescale", "quantize"];
        Assert.Empty(families.Except(program.Schedule.Steps.Where(step => step.Call.Routine is not null).Select(step => step.Call.Kernel)));
    }
}
