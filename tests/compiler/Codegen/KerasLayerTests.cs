// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Ops.Control;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.OpCases.References;
using TinyInfer.Compiler.Tests.Targets;
using TinyInfer.Quantizer.Recurrent;
using Xunit;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>GRU and LSTM as Keras leaves them, a loop or unrolled: both are one loop, and compute what the naive references compute step by step.</summary>
public sealed class KerasLayerTests
{
    private const int Steps = 5;
    private const int Invocations = 2;

    [ToolchainTheory]
    [InlineData("host")]
    [InlineData("cortex-m4")]
    [InlineData("cortex-m7")]
    public void Loops_and_chains_are_those_of_the_references(string target)
    {
        foreach (var layer in KerasLayer.All.Select(layer => Toolchain.IsFull ? layer : layer with { Steps = Steps }))
        {
            Core[] cores = [.. TargetNames.Machines.Where(machine => machine.Build.Name == target).Select(machine => machine.Core)];
            var inputs = Enumerable.Range(0, Invocations).Select(seed =>
            {
                var bytes = new byte[layer.Steps * layer.Cell.Inputs];
                new Random(seed).NextBytes(bytes);
                return bytes;
            }).ToArray();
            byte[] expected = [.. inputs.SelectMany(input => ModelReference.Run(layer.File(unrolled: true), input))];

            foreach (var unrolled in new[] { false, true })
            {
                var compiled = Compiler.Compile(layer.File(unrolled), layer.Name, cores);
                Assert.Equal(1, compiled.Schedule.Graph.Nodes.Count(node => node.Op is NextTurn));
                var macs = (long)layer.Steps * layer.Cell.Gates * layer.Cell.Units * (layer.Cell.Inputs + layer.Cell.Units);
                Assert.Equal((macs, macs), (compiled.NominalMacs, compiled.Schedule.Graph.Macs()));
                var outputs = TargetNames.Create(target).Run(new TargetRun(compiled.Image, inputs.SelectMany(input => input).ToArray(), Invocations));
                Assert.True(expected.AsSpan().SequenceEqual(outputs), $"{layer.Name} differs{(unrolled ? ", unrolled" : "")}");
            }

            Assert.True(expected.Distinct().Count() > 32, $"{layer.Name} gives too few values to tell");
        }
    }
}
