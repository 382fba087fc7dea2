// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Ops.Control;
using TinyInfer.Compiler.Passes;
using TinyInfer.Compiler.Planning;
using Xunit;
using static TinyInfer.Compiler.Tests.Passes.GraphBuilder;

namespace TinyInfer.Compiler.Tests.Passes;

/// <summary>What becomes of graphs in graphs: <see cref="HandIn"/>, then <see cref="Linear"/>.</summary>
public sealed class ControlFlowTests
{
    [Fact]
    public void A_loop_takes_its_constants_in_and_becomes_branches()
    {
        var (x, unused, y) = (Tensor("x", 4), Tensor("unused", 4), Tensor("y", 4));
        var (count, step, total) = (Integers("count", 1), Integers("step", 1), Tensor("total", 4));
        Value[] asked = [Integers("asked", 1), Integers("step", 1), Tensor("xs", 4), Tensor("us", 4)];
        Value[] own = [Integers("n", 1), Integers("by", 1), Tensor("v", 4), Tensor("u", 4)];
        var more = Bool("more");
        var condition = new Graph("condition", asked, [more], [Of(new Comparison(Relation.Less), more, asked[0], Number(3))]);
        var (next, w) = (Integers("next", 1), Tensor("w", 4));
        var body = new Graph("body", own, [next, own[1], w, own[3]],
        [
            Of(new IntegerArithmetic(IntegerOperation.Add, Activation.None), next, own[0], own[1]),
            Of(new Add(Activation.None), w, own[2], own[2]),
        ]);
        Value[] given = [Number(0), Number(1), x, unused];
        var graph = new Graph("test", [x, unused], [y], [new Node(new While(condition, body), given, [count, step, y, total], new Origin(0, "WHILE", "y"))]);

        new HandIn().Run(graph);
        Assert.Equal(
            """
            input  %x : s8[4]
            input  %unused : s8[4]
                   %count, %y = while($number, %x) : s32[1], s8[4]
            begin  condition
            input  %asked : s32[1]
            input  %xs : s8[4]
                   %more = compare<<>(%asked, $number) : bool[1]
            output %more
            end
            begin  body
            input  %n : s32[1]
            input  %v : s8[4]
                   %next = integer<add>(%n, $by) : s32[1]
                   %w = add(%v, %v) : s8[4]
            output %next
            output %w
            end
            output %y

            """,
            GraphPrinter.Print(graph));

        Assert.Equal(
            """
            input  %x : s8[4]
            input  %unused : s8[4]
                   %n = carry($number) : s32[1]
                   %v = carry(%x) : s8[4]
                   landing<L0>()
                   %more = compare<<>(%n, $number) : bool[1]
                   branch<L1,false>(%more, %n, %v)
                   %next = integer<add>(%n, $by) : s32[1]
                   %w = add(%v, %v) : s8[4]
                   %n/next = carry(%next) : s32[1]
                   %v/next = carry(%w) : s8[4]
                   branch<L0>(%n/next, %v/next)
                   %count, %y = landing<L1>() : s32[1], s8[4]
            output %y

            """,
            GraphPrinter.Print(Linear.Of(graph)));
    }

    [Fact]
    public void The_lighter_side_of_a_choice_comes_first()
    {
        var (x, sure, y) = (Tensor("x", 1, 4), Bool("sure"), Tensor("y", 1, 4));
        var (a, b, r) = (Tensor("a", 1, 4), Tensor("b", 1, 4), Tensor("r", 1, 4));
        var weights = new Value("w", ElementType.S8, new Shape(4, 4)) { Quantization = new Quantization(1, 0), Constant = new byte[16] };
        var bias = Value.OfIntegers("bias", new Shape(4), new int[4]);
        var heavy = new Graph("heavy", [a], [r], [Of(new FullyConnected(Activation.None), r, a, weights, bias)]);
        var light = new Graph("light", [b], [b], []);
        var graph = new Graph("test", [x, sure], [y], [new Node(new If(heavy, light), [sure, x], [y], new Origin(0, "IF", "y"))]);

        Assert.Equal(
            """
            input  %x : s8[1,4]
            input  %sure : bool[1]
                   branch<L0,true>(%sure)
                   %y/early = carry(%x) : s8[1,4]
                   branch<L1>(%y/early)
                   landing<L0>()
                   %r = fully_connected(%x, $w, $bias) : s8[1,4]
                   %y = carry(%r) : s8[1,4]
                   landing<L1>()
            output %y

            """,
            GraphPrinter.Print(Linear.Of(graph)));
    }

    [Fact]
    public void A_choice_that_is_known_is_none()
    {
        var (x, y, a, b) = (Tensor("x", 4), Tensor("y", 4), Tensor("a", 4), Tensor("b", 4));
        var sure = new Value("sure", ElementType.Bool, new Shape(1)) { Constant = new byte[] { 1 } };
        var graph = new Graph("test", [x], [y], [new Node(new If(new Graph("then", [a], [a], []), new Graph("else", [b], [b], [])), [sure, x], [y], new Origin(0, "IF", "y"))]);

        new HandIn().Run(graph);
        new RemoveIdentities().Run(graph);
        Assert.Equal("input  %x : s8[4]\n       %y = carry(%x) : s8[4]\noutput %y\n", GraphPrinter.Print(graph));
    }

    private static Value Bool(string name) => new(name, ElementType.Bool, new Shape(1));

    private static Value Number(int number) => Value.OfIntegers("number", new Shape(1), [number]);

    private static Node Of(Op op, Value output, params Value[] inputs) => new(op, inputs, [output], new Origin(0, op.Name, output.Name));
}
