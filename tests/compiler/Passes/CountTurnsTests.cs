// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Ops.Control;
using TinyInfer.Compiler.Passes;
using TinyInfer.Compiler.Planning;
using Xunit;
using static TinyInfer.Compiler.Tests.Passes.GraphBuilder;

namespace TinyInfer.Compiler.Tests.Passes;

/// <summary>Loops over sequences: <see cref="CountTurns"/>, <see cref="ProductsBeforeLoops"/>, and what planning makes of them.</summary>
public sealed class CountTurnsTests
{
    [Fact]
    public void A_loop_over_a_sequence_is_a_scan()
    {
        var graph = Loop(turns: 3);
        new CountTurns().Run(graph);
        Assert.Equal(
            """
            input  %x : s8[3,1,8]
            input  %h0 : s8[1,4]
                   %h, %y = scan<3>(%h0, %x) : s8[1,4], s8[3,1,4]
            begin  body
            input  %v : s8[1,4]
            input  %row : s8[1,8]
                   %p = fully_connected(%row, $w, $b) : s8[1,4]
                   %sum = add(%p, %v) : s8[1,4]
                   %item = reshape(%sum) : s8[1,1,4]
            output %sum
            output %item
            end
            output %h
            output %y

            """,
            GraphPrinter.Print(graph));

        new ProductsBeforeLoops().Run(graph);
        Assert.Equal(
            """
            input  %x : s8[3,1,8]
            input  %h0 : s8[1,4]
                   %p/rows = fully_connected(%x, $w, $b) : s8[3,1,4]
                   %v = carry(%h0) : s8[1,4]
                   %loop/turn, %y/rows = first_turn() : s32[1], s8[3,1,4]
                   landing<L0>()
                   %p = take_row(%p/rows, %loop/turn) : s8[1,4]
                   %sum = add(%p, %v) : s8[1,4]
                   %item = reshape(%sum) : s8[1,1,4]
                   %y/rows/next = put_row(%y/rows, %loop/turn, %item) : s8[3,1,4]
                   %v/next = carry(%sum) : s8[1,4]
                   %loop/turn/next, %loop/more = next_turn<3>(%loop/turn) : s32[1], bool[1]
                   branch<L0,true>(%loop/more, %v/next, %loop/turn/next, %y/rows/next, %p/rows)
                   %h, %y = landing<L1>() : s8[1,4], s8[3,1,4]
            output %h
            output %y

            """,
            GraphPrinter.Print(Linear.Of(graph)));
    }

    [Fact]
    public void One_turn_is_no_loop()
    {
        var graph = Loop(turns: 1);
        new CountTurns().Run(graph);
        Assert.DoesNotContain(graph.Nodes, node => node.Op is ControlOp);
        Assert.Contains(graph.Nodes, node => node.Op is FullyConnected);
    }

    /// <summary>A step of two, a limit that is computed, a list that is read besides, one with rows that no turn writes.</summary>
    [Theory]
    [InlineData("step")]
    [InlineData("limit")]
    [InlineData("list")]
    [InlineData("rows")]
    public void Other_loops_stay(string difference)
    {
        var graph = Loop(turns: 3, difference);
        new CountTurns().Run(graph);
        var printed = GraphPrinter.Print(graph);
        Assert.Contains(difference is "step" or "limit" ? "while(" : "put_row(", printed, StringComparison.Ordinal);
    }

    // h = fully_connected(row of x) + h in each turn; y has each of them.
    private static Graph Loop(int turns, string difference = "")
    {
        var rows = difference == "rows" ? turns + 1 : turns;
        var (x, start, most, h, y) = (Tensor("x", rows, 1, 8), Tensor("h0", 1, 4), Integers("most", 1), Tensor("h", 1, 4), Tensor("y", rows, 1, 4));
        var empty = new Value("empty", ElementType.S8, new Shape(rows, 1, 4)) { Quantization = x.Quantization, Constant = new byte[rows * 4] };
        var weights = new Value("w", ElementType.S8, new Shape(4, 8)) { Quantization = new Quantization(1, 0), Constant = new byte[32] };

        Value[] asked = [Integers("i", 1), Tensor("asked_h", 1, 4), Tensor("asked_y", rows, 1, 4), Tensor("asked_x", rows, 1, 8), Integers("asked_most", 1)];
        var more = new Value("more", ElementType.Bool, new Shape(1));
        var limit = difference == "limit" ? asked[4] : Number(turns);
        var condition = new Graph("condition", asked, [more], [Of(new Comparison(Relation.Less), more, asked[0], limit)]);

        Value[] own = [Integers("n", 1), Tensor("v", 1, 4), Tensor("list", rows, 1, 4), Tensor("s", rows, 1, 8), Integers("own_most", 1)];
        var last = Tensor("last", 1, 4);
        var (next, row, p, sum, item, filled) = (Integers("next", 1), Tensor("row", 1, 8), Tensor("p", 1, 4), Tensor("sum", 1, 4), Tensor("item", 1, 1, 4), Tensor("filled", rows, 1, 4));
        var body = new Graph("body", own, [next, sum, filled, own[3], own[4]],
        [
            Of(new IntegerArithmetic(IntegerOperation.Add, Activation.None), next, own[0], Number(difference == "step" ? 2 : 1)),
            Of(new Gather(0, 0), row, own[3], own[0]),
            Of(new FullyConnected(Activation.None), p, row, weights, Value.OfIntegers("b", new Shape(4), new int[4])),
            Of(new Add(Activation.None), sum, p, difference == "list" ? last : own[1]),
            Of(new Reshape(), item, sum),
            Of(new PutRow(), filled, own[2], own[0], item),
        ]);
        if (difference == "list")
        {
            body = new Graph("body", own, body.Outputs, [Of(new Slice([rows - 1, 0, 0]), last, own[2]), .. body.Nodes]);
        }

        Value[] results = [Integers("count", 1), h, y, Tensor("x_after", rows, 1, 8), Integers("most_after", 1)];
        Value[] given = [Number(0), start, empty, x, most];
        Value[] inputs = difference == "limit" ? [x, start, most] : [x, start];
        given[4] = difference == "limit" ? most : Number(9);
        return new Graph("test", inputs, [h, y], [new Node(new While(condition, body), given, results, new Origin(0, "WHILE", "loop"))]);
    }

    private static Value Number(int number) => Value.OfIntegers("number", new Shape(1), [number]);

    private static Node Of(Op op, Value output, params Value[] inputs) => new(op, inputs, [output], new Origin(0, op.Name, output.Name));
}
