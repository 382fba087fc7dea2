// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.OpCases.References;
using TinyInfer.Compiler.Tests.Targets;
using TinyInfer.Compiler.Tflite;
using TinyInfer.Quantizer.Recurrent;
using Xunit;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>The networks of docs/RECURRENT.md against the naive references of their operators.</summary>
public sealed class RecurrentNetworkTests
{
    /// <summary>Every step runs the same code.</summary>
    private const int Steps = 6;
    private const int Words = 66;
    private const int Invocations = 2;

    [ToolchainTheory]
    [InlineData("host")]
    [InlineData("cortex-m4")]
    [InlineData("cortex-m7")]
    public void Outputs_are_those_of_the_references(string target)
    {
        foreach (var network in RecurrentNetwork.All)
        {
            var file = network.File(Toolchain.IsFull ? network.Steps : Steps);
            Core[] cores = [.. TargetNames.Machines.Where(machine => machine.Build.Name == target).Select(machine => machine.Core)];
            var image = Compiler.Compile(file, network.Name, resetState: true, cores).Image;

            var inputs = Enumerable.Range(0, Invocations).Select(seed => Input(file, seed)).ToArray();
            var outputs = TargetNames.Create(target).Run(new TargetRun(image, inputs.SelectMany(input => input).ToArray(), Invocations));
            byte[] expected = [.. inputs.SelectMany(input => ModelReference.Run(file, input))];
            Assert.True(expected.AsSpan().SequenceEqual(outputs), $"{network.Name} differs");

            var ends = MemoryMarshal.Cast<byte, sbyte>(outputs).ToArray().Count(value => value is sbyte.MinValue or sbyte.MaxValue);
            Assert.True(network.Name == "text_keras" || ends <= outputs.Length / 4, $"{network.Name} is saturated: {ends} of {outputs.Length} outputs");
        }
    }

    private static byte[] Input(byte[] file, int seed)
    {
        var (graph, random) = (TfliteReader.Read(file).Subgraphs[0], new Random(seed));
        var tensor = graph.Tensors[graph.Inputs[0]];
        var count = tensor.Shape.Aggregate(1, (product, size) => product * size);
        if (tensor.Type == TensorType.INT32)
        {
            return TfliteModelBuilder.Bytes<int>([.. Enumerable.Range(0, count).Select(_ => random.Next(Words))]);
        }

        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
