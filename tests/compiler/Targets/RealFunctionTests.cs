// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Emit;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Passes;
using Xunit;

namespace TinyInfer.Compiler.Tests.Targets;

/// <summary>e^x and tanh of floats are the floats nearest to those of double, on every core.</summary>
public sealed class RealFunctionTests
{
    private const int Count = 4096;

    [ToolchainTheory]
    [InlineData("host")]
    [InlineData("cortex-m4")]
    [InlineData("cortex-m7")]
    public void Results_are_the_nearest_floats(string target)
    {
        var layers = new GraphBuilder();
        var x = layers.Input(GraphBuilder.Floats("x", Count));
        var exp = layers.Add(new FloatTable(RealFunction.Exp, value => (float)Math.Exp(value)), GraphBuilder.Floats("e", Count), x);
        var graph = layers.Build(exp, layers.Add(new Tanh(), GraphBuilder.Floats("t", Count), x));
        var inputs = Inputs();

        var bytes = TargetNames.Create(target).Run(new TargetRun(ImageEmitter.Emit([CoreProgram.Portable(graph)], [], []), MemoryMarshal.AsBytes<float>(inputs).ToArray(), 1));

        var got = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        Assert.Equal(inputs.Select(value => (float)Math.Exp(value)), got[..Count]);
        Assert.Equal(inputs.Select(value => (float)Math.Tanh(value)), got[Count..]);
    }

    // All sizes, both ends, and where one formula follows another.
    private static float[] Inputs()
    {
        var random = new Random(1);
        float[] edges = [0, -0f, 1, -1, 0.03125f, 0.031249998f, 9.5f, 9.500001f, 10, 86, 85.99999f, -86, -85.99999f, 88.72283f, 88.72284f, -103.97f, -104, 150, -151, 1e-30f, -1e-40f, float.PositiveInfinity, float.NegativeInfinity];
        return [.. edges, .. Enumerable.Range(0, Count - edges.Length).Select(index => (float)((random.NextDouble() - 0.5) * Math.Pow(2, index % 12 - 3)))];
    }
}
