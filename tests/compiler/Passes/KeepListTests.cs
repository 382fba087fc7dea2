// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Passes;
using Xunit;
using static TinyInfer.Compiler.Tests.Passes.GraphBuilder;

namespace TinyInfer.Compiler.Tests.Passes;

public sealed class KeepListTests
{
    [Fact]
    public void A_row_is_put_into_the_list() => Assert.Equal(
        """
        input  %list : s8[5,4]
        input  %row : s8[1,4]
        input  %i : s32[1]
               %y = put_row(%list, %i, %row) : s8[5,4]
        output %y

        """,
        After(step: 1, rest: -1));

    [Theory]
    [InlineData(2, -1)]
    [InlineData(1, 1)]
    public void Other_bounds_are_no_list(int step, int rest) => Assert.Contains("slice_at_run_time", After(step, rest));

    private static string After(int step, int rest)
    {
        var (list, row, index) = (Tensor("list", 5, 4), Tensor("row", 1, 4), Integers("i", 1));
        var (size, next, begin) = (Integers("size", 2), Integers("next", 1), Integers("begin", 2));
        var (before, after, y) = (Tensor("before", 1, 4), Tensor("after", 1, 4), Tensor("y", 5, 4));
        Value Constant(params int[] items) => Value.OfIntegers("c", new Shape(items.Length), items);
        static Node Of(Op op, Value output, params Value[] inputs) => new(op, inputs, [output], new Origin(0, op.Name, output.Name));

        var graph = new Graph("test", [list, row, index], [y],
        [
            Of(new Concatenation(0), size, index, Constant(rest)),
            Of(new SliceAtRunTime(), before, list, Constant(0, 0), size),
            Of(new IntegerArithmetic(IntegerOperation.Add, Activation.None), next, index, Constant(step)),
            Of(new Concatenation(0), begin, next, Constant(0)),
            Of(new SliceAtRunTime(), after, list, begin, Constant(-1, -1)),
            Of(new Concatenation(0), y, before, row, after),
        ]);
        new KeepList().Run(graph);
        new RemoveDeadNodes().Run(graph);
        return GraphPrinter.Print(graph);
    }
}
