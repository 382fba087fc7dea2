// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Emit;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>
/// Holds generated code to the portable kernels on this machine, byte for byte. One image holds many small chains of layers beside each
/// other, each from an input to an output of its own, so that hundreds of shapes cost one run of the emulator.
/// </summary>
internal static class GeneratedCode
{
    private static readonly Lazy<ITarget> Host = new(() => TargetNames.Create("host"));

    /// <summary>The bytes that are fed besides noise: every element at an end of its range.</summary>
    private static readonly byte[] Extremes = [0x80, 0x7F, 0x00];

    /// <param name="family">Null: any.</param>
    /// <returns>How many of the steps ran on generated code of the family.</returns>
    public static int SameAsPortable(Graph graph, Machine machine, Goal goal = Goal.Balanced, string? family = null) =>
        SameAsPortable(graph, machine, CoreProgram.For(machine.Core, graph, goal), family);

    /// <summary>The same where each node has one of the ways of a family, fast or slow: what the planner would not choose here it may choose elsewhere.</summary>
    public static CoreProgram AnyWay(Graph graph, Core core, string family)
    {
        var random = new Random(graph.Nodes.Count);
        var assignment = new LayoutAssignment(graph, core);
        foreach (var node in graph.Nodes)
        {
            string[] ways = [.. assignment.Offered(node).Where(candidate => candidate.Family == family).Select(candidate => candidate.Way).Distinct()];
            if (ways.Length > 0)
            {
                var way = ways[random.Next(ways.Length)];
                assignment.Forbid(node, Standing.Slower, candidate => candidate.Way != way && candidate.Family != PortableFamily.Name);
            }
        }

        return CoreProgram.Of(assignment, hotRam: long.MaxValue)!;
    }

    /// <returns>How many of the steps ran on generated code of the family.</returns>
    public static int SameAsPortable(Graph graph, Machine machine, CoreProgram? generated, string? family)
    {
        var portable = CoreProgram.Portable(graph);
        Assert.NotNull(generated);

        var (plain, image) = (ImageEmitter.Emit([portable], [], []), ImageEmitter.Emit([portable, generated], [], []));
        Compare(graph, plain, image, machine);
        if (generated.HotBytes > 0)
        {
            Compare(graph, plain, image, machine, codeStays: true);
        }

        return generated.Schedule.Steps.Count(step => step.Call.Routine is not null && (family is null || step.Call.Kernel == family));
    }

    /// <summary>The C kernels as they are built for a core give the bytes that they give on this machine.</summary>
    public static void PortableOn(Graph graph, Machine machine)
    {
        var image = ImageEmitter.Emit([CoreProgram.Portable(graph)], [], []);
        Compare(graph, image, image, machine);
    }

    private static void Compare(Graph graph, byte[] onHost, byte[] onMachine, Machine machine, bool codeStays = false)
    {
        var size = graph.Inputs.Sum(input => input.ByteSize);
        var noise = new byte[3 * size];
        new Random(graph.Nodes.Count).NextBytes(noise);
        byte[] inputs = [.. Extremes.SelectMany(extreme => Enumerable.Repeat(extreme, size)), .. noise];
        var invocations = inputs.Length / size;

        var expected = Host.Value.Run(new TargetRun(onHost, inputs, invocations));
        var got = new EmulatedTarget(machine).Run(new TargetRun(onMachine, inputs, invocations, CodeStays: codeStays));
        Compare(graph, expected, got);
    }

    private static void Compare(Graph graph, byte[] expected, byte[] got)
    {
        Assert.Equal(expected.Length, got.Length);
        for (var at = 0; at < got.Length;)
        {
            foreach (var output in graph.Outputs)
            {
                var same = got.AsSpan(at, output.ByteSize).CommonPrefixLength(expected.AsSpan(at, output.ByteSize));
                Assert.True(same == output.ByteSize, $"{output.Name} {output.Shape}, element {same}: expected {(sbyte)expected.ElementAtOrDefault(at + same)}, got {(sbyte)got.ElementAtOrDefault(at + same)}\n{Chain(graph, output)}");
                at += output.ByteSize;
            }
        }
    }

    // The layers that lead to an output, last one first.
    private static string Chain(Graph graph, Value output)
    {
        var lines = new List<string>();
        for (var node = graph.ProducerOf(output); node is not null; node = graph.ProducerOf(node.Input))
        {
            lines.Add($"{node.Op} {node.Input.Shape} zero point {node.Input.Quantization?.ZeroPoint}, weights {node.Inputs.ElementAtOrDefault(1)?.Shape} -> {node.Output.Shape} zero point {node.Output.Quantization?.ZeroPoint}");
        }

        return string.Join('\n', lines);
    }
}
