// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
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
