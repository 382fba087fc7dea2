// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
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

    /// <summary>Invocations on noise, after those where every element is at an end of its range or zero.</summary>
    private const int OnNoise = 3;

    /// <param name="family">Null: any.</param>
    /// <returns>How many of the steps ran on generated code of the family.</returns>
    public static int SameAsPortable(Graph graph, Machine machine, Goal goal = Goal.Balanced, string? family = null) =>
        SameAsPortable(graph, machine, CoreProgram.For(machine.Core, graph, goal), family);

    /// <summary>The same where each node has one of the ways of a family, fast or slow: what the planner would not choose here it may choose elsewhere.</summary>
    public static CoreProgram AnyWay(Graph graph, Core core, string family) => AnyWay(graph, core, (_, candidate) => candidate.Family == family);

    /// <summary>The same where each node has one of the ways that are asked for, if it has any.</summary>
    public static CoreProgram AnyWay(Graph graph, Core core, Func<Node, Candidate, bool> asked)
    {
        var random = new Random(graph.Nodes.Count);
        var assignment = new LayoutAssignment(graph, core);
        foreach (var node in graph.Nodes)
        {
            string[] ways = [.. assignment.Offered(node).Where(candidate => asked(node, candidate)).Select(candidate => candidate.Way).Distinct()];
            if (ways.Length > 0)
            {
                var way = ways[random.Next(ways.Length)];
                assignment.Forbid(node, Standing.Slower, candidate => candidate.Way != way && candidate.Family != PortableFamily.Name);
            }
        }

        return CoreProgram.Of([assignment], hotRam: long.MaxValue)[0]!;
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
        var noise = new byte[OnNoise * graph.Inputs.Sum(input => input.ByteSize)];
        new Random(graph.Nodes.Count).NextBytes(noise);
        byte[] inputs = [.. graph.Inputs.SelectMany(Lowest), .. graph.Inputs.SelectMany(Highest), .. graph.Inputs.SelectMany(input => new byte[input.ByteSize]), .. noise];
        const int invocations = 3 + OnNoise;

        var expected = Host.Value.Run(new TargetRun(onHost, inputs, invocations));
        var got = new EmulatedTarget(machine).Run(new TargetRun(onMachine, inputs, invocations, CodeStays: codeStays));
        Compare(graph, expected, got);
    }

    // Words are packed bits or indices.
    private static byte[] Lowest(Value value) => value.Type switch
    {
        ElementType.S16 => All(value, short.MinValue),
        ElementType.F32 => All(value, float.NegativeInfinity),
        ElementType.S32 => All(value, -1),
        _ => All(value, sbyte.MinValue),
    };

    private static byte[] Highest(Value value) => value.Type switch
    {
        ElementType.S16 => All(value, short.MaxValue),
        ElementType.F32 => All(value, float.MaxValue),
        ElementType.S32 => All(value, int.MaxValue),
        _ => All(value, sbyte.MaxValue),
    };

    private static byte[] All<T>(Value value, T item)
        where T : unmanaged => MemoryMarshal.AsBytes(Enumerable.Repeat(item, value.Shape.Count).ToArray().AsSpan()).ToArray();

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
