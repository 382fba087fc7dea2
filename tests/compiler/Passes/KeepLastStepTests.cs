// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Ops.Control;
using TinyInfer.Compiler.Passes;
using TinyInfer.Compiler.Planning;
using Xunit;
using static TinyInfer.Compiler.Tests.Passes.GraphBuilder;

namespace TinyInfer.Compiler.Tests.Passes;

/// <summary>Recurrent layers of which only the last step is read.</summary>
public sealed class KeepLastStepTests
{
    private const int Steps = 5;
    private const int Width = 3;
    private const int Units = 7;
    private const int Invocations = 3;

    [Theory]
    [InlineData("S8", false)]
    [InlineData("S8", true)]
    [InlineData("S16", false)]
    [InlineData("F32", true)]
    public void An_LSTM_gives_the_same_bytes_in_one_row(string type, bool timeMajor)
    {
        var (whole, kept) = (Layer(Enum.Parse<ElementType>(type), timeMajor), Layer(Enum.Parse<ElementType>(type), timeMajor));
        new KeepLastStep().Run(kept);
        Assert.Equal("reshape", kept.Nodes[1].Op.Name);
        Assert.Equal(Units, kept.Nodes[0].Output.Shape.Count);
        GraphVerifier.Verify(kept);

        var inputs = new byte[Invocations * whole.Inputs[0].ByteSize];
        new Random(1).NextBytes(inputs);
        if (whole.Inputs[0].Type == ElementType.F32)
        {
            inputs = inputs.Take(inputs.Length / sizeof(float)).SelectMany(item => BitConverter.GetBytes((item - 128) / 64f)).ToArray();
        }

        var expected = Run(whole, inputs);
        Assert.Equal(expected, Run(kept, inputs));
        Assert.True(expected.Distinct().Count() > Units, "too few values to tell");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Steps - 2)]
    public void Another_step_needs_the_sequence(int step)
    {
        var graph = Layer(ElementType.S8, timeMajor: false, step);
        new KeepLastStep().Run(graph);
        Assert.Equal(Steps * Units, graph.Nodes[0].Output.Shape.Count);
    }

    [Fact]
    public void A_loop_hands_on_what_its_last_row_is()
    {
        var (x, start, h, y, last) = (Tensor("x", Steps, 4), Tensor("h0", 1, 4), Tensor("h", 1, 4), Tensor("y", Steps, 4), Tensor("last", 1, 4));
        var (v, row, sum) = (Tensor("v", 1, 4), Tensor("row", 1, 4), Tensor("sum", 1, 4));
        var body = new Graph("body", [v, row], [sum, sum], [new Node(new Add(Activation.None), [v, row], [sum], new Origin(0, "ADD", "sum"))]);
        var graph = new Graph("test", [x, start], [last],
        [
            new Node(new Scan(body, Steps, 1, 1), [start, x], [h, y], new Origin(0, "WHILE", "loop")),
            new Node(new Slice([Steps - 1, 0]), [y], [last], new Origin(1, "SLICE", "last")),
        ]);
        new KeepLastStep().Run(graph);
        Assert.Equal(
            """
            input  %x : s8[5,4]
            input  %h0 : s8[1,4]
                   %h = scan<5>(%h0, %x) : s8[1,4]
            begin  body
            input  %v : s8[1,4]
            input  %row : s8[1,4]
                   %sum = add(%v, %row) : s8[1,4]
            output %sum
            end
                   %last = reshape(%h) : s8[1,4]
            output %last

            """,
            GraphPrinter.Print(graph));
    }

    private static byte[] Run(Graph graph, byte[] inputs) =>
        PortableRun.Of(ScheduleBuilder.Build(graph), inputs, Invocations);

    private static Graph Layer(ElementType type, bool timeMajor, int step = Steps - 1)
    {
        var random = new Random(2);
        Quantization? Of(double scale) => type == ElementType.F32 ? null : new Quantization((float)(type == ElementType.S16 ? scale / 256 : scale), 0);
        Value New(string name, ElementType of, Quantization? quantization, params int[] shape) => new(name, of, new Shape(shape)) { Quantization = quantization };
        Value Constant(string name, ElementType of, Quantization? quantization, Func<byte[]> item, params int[] shape) => new(name, of, new Shape(shape))
        {
            Quantization = quantization,
            Constant = Enumerable.Range(0, new Shape(shape).Count).SelectMany(_ => item()).ToArray(),
        };
        byte[] Real() => BitConverter.GetBytes((float)random.NextDouble() - 0.5f);
        byte[] Byte() => [unchecked((byte)random.Next(-100, 100))];
        Value Weights(int columns) => type == ElementType.F32
            ? Constant("w", type, null, Real, Units, columns)
            : Constant("w", ElementType.S8, new Quantization(0.01f, 0), Byte, Units, columns);
        Value Bias() => type switch
        {
            ElementType.S8 => Constant("b", ElementType.S32, null, () => BitConverter.GetBytes(random.Next(-900, 900)), Units),
            ElementType.S16 => Constant("b", ElementType.S64, null, () => BitConverter.GetBytes((long)random.Next(-90000, 90000)), Units),
            _ => Constant("b", type, null, Real, Units),
        };

        int[] Sequence(int width) => timeMajor ? [Steps, 1, width] : [1, Steps, width];
        var cell = type == ElementType.F32 ? ElementType.F32 : ElementType.S16;
        var ofCell = type == ElementType.F32 ? null : new Quantization(1f / 2048, 0);
        var (x, y, z) = (New("x", type, Of(0.02), Sequence(Width)), New("y", type, Of(1 / 128.0), Sequence(Units)), New("z", type, Of(1 / 128.0), 1, 1, Units));
        var (h, c, newH, newC) = (New("h", type, Of(1 / 128.0), 1, Units), New("c", cell, ofCell, 1, Units), New("h1", type, Of(1 / 128.0), 1, Units), New("c1", cell, ofCell, 1, Units));
        var (nextH, nextC) = (New("h2", type, Of(1 / 128.0), 1, Units), New("c2", cell, ofCell, 1, Units));
        Value[] operands = [x, .. Enumerable.Range(0, 4).Select(_ => Weights(Width)), .. Enumerable.Range(0, 4).Select(_ => Weights(Units)), Bias(), Bias(), Bias(), Bias(), h, c];
        return new Graph("test", [x], [z],
        [
            new Node(new Lstm(timeMajor, 0), operands, [y, newH, newC], new Origin(0, "LSTM", "y")),
            new Node(new Slice(timeMajor ? [step, 0, 0] : [0, step, 0]), [y], [z], new Origin(1, "SLICE", "z")),
            new Node(new AssignVariable(), [newH], [nextH], new Origin(2, "LSTM", "h")),
            new Node(new AssignVariable(), [newC], [nextC], new Origin(3, "LSTM", "c")),
        ],
        [new State(h, nextH, new byte[h.ByteSize]), new State(c, nextC, new byte[c.ByteSize])]);
    }
}
