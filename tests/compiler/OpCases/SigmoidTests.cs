// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Codegen.Recurrent;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Tests.OpCases.References;
using TinyInfer.Compiler.Tests.Oracle;
using TinyInfer.Compiler.Tflite;
using Xunit;

namespace TinyInfer.Compiler.Tests.OpCases;

/// <summary>
/// The reference of 16-bit logistic and tanh against TensorFlow Lite itself. With a scale that is a power of two, version 2.9
/// takes another way; with one that is not, it brings inputs to the table's scale by a multiplier and shift, 13 bits here.
/// </summary>
public sealed class SigmoidTests
{
    private const int Count = 1 << 16;
    private const int Shift = 13;
    private const float Scale = 1.001f / 4096;

    private static readonly (int Base, short Slope)[] Lines = [.. Enumerable.Range(-SigmoidLines.Half, 2 * SigmoidLines.Half).Select(SigmoidLines.Line)];

    [OracleFact]
    public void Logistic_equals_TensorFlow_Lite() => Check(BuiltinOperator.LOGISTIC, SigmoidReference.Logistic);

    [OracleFact]
    public void Tanh_equals_TensorFlow_Lite() => Check(BuiltinOperator.TANH, SigmoidReference.Tanh);

    [Fact]
    public void The_table_rises_from_one_half()
    {
        var entries = SigmoidTable.Entries();

        Assert.Equal(256, entries.Length);
        Assert.Equal(32768, entries[0]);
        Assert.Equal(entries.Order(), entries);
    }

    /// <summary>Every argument that a gate or a cell state can have, and those beyond the table.</summary>
    [Fact]
    public void Lines_of_generated_code_equal_the_reference()
    {
        int[] far = [.. Enumerable.Range(0, 31).SelectMany(bit => new[] { (1 << bit) - 1, 1 << bit, -(1 << bit) - 1 })];
        foreach (var x in Enumerable.Range(3 * short.MinValue, 6 * (1 << 15)))
        {
            Assert.Equal(SigmoidReference.Logistic(x), Line(x) >> 10);
        }

        foreach (var x in Enumerable.Range(-70000, 140000).Concat(far))
        {
            var twice = (int)Math.Clamp(2L * x, -(1 << 17), (1 << 17) - 1);
            Assert.Equal(SigmoidReference.Tanh(x), (Line(twice) - SigmoidLines.TanhOffset) >> 9);
        }
    }

    private static int Line(int argument)
    {
        var (from, slope) = Lines[(argument >> SigmoidLines.CellBits) + SigmoidLines.Half];
        return from + (argument * slope);
    }

    private static void Check(BuiltinOperator code, Func<long, long> reference)
    {
        var model = new TfliteModelBuilder();
        var x = model.AddTensor("x", TensorType.INT16, [1, Count], Scale);
        var y = model.AddTensor("y", TensorType.INT16, [1, Count], 1f / 32768);
        using var oracle = new TensorFlowLite(model.AddOperator(code, new NoOptions(), [x], [y], version: 3).Inputs(x).Outputs(y).BuildFile());

        short[] all = [.. Enumerable.Range(short.MinValue, Count).Select(i => (short)i)];
        var got = MemoryMarshal.Cast<byte, short>(oracle.RunBlock(MemoryMarshal.AsBytes(all.AsSpan()))).ToArray();
        var multiplier = (int)((double)Scale * 12288 * (1 << Shift));
        Assert.Equal(all.Select(i => (short)reference(((i * multiplier) + (1 << (Shift - 1))) >> Shift)), got);
    }
}
