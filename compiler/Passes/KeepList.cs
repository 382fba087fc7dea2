// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Passes;

/// <summary>
/// A Keras layer that goes over time step by step collects its results in a list, which the converter puts together anew in every turn of a loop: what
/// is before row i, the row, what is after it.
/// <code>
///   %size = concatenation(%i, $rest)
///   %before = slice_at_run_time(%list, $zeros, %size)
///   %next = integer&lt;add>(%i, $one)
///   %begin = concatenation(%next, $zeros)
///   %after = slice_at_run_time(%list, %begin, $rest)
///   %y = concatenation&lt;axis=0>(%before, %row, %after)
/// =>
///   %y = put_row(%list, %i, %row)
/// </code>
/// Exact while i is a row of the list, which is when the file means something: elsewhere %y would have another shape than it has in the file.
/// $zeros has only zeros and $rest only -1; a loop's list then stays where it is, and a turn writes its row.
/// </summary>
internal sealed class KeepList : IPass
{
    public void Run(Graph graph)
    {
        foreach (var join in graph.Nodes.Where(node => node is { Op: Concatenation { Axis: 0 }, Inputs.Count: 3 }).ToList())
        {
            if (graph.ProducerOf(join.Inputs[0]) is { Op: SliceAtRunTime } before
                && graph.ProducerOf(join.Inputs[2]) is { Op: SliceAtRunTime } after
                && before.Input == after.Input
                && join.Inputs[1].Shape[0] == 1
                && before.Input.Shape.Equals(join.Output.Shape)
                && IsAll(before.Inputs[1], 0)
                && IsAll(after.Inputs[2], -1)
                && RowOf(graph, before.Inputs[2], -1) is { } index
                && RowOf(graph, after.Inputs[1], 0) is { } next
                && IsNext(graph, next, index))
            {
                graph.Replace([join], join.With(op: new PutRow(), inputs: [before.Input, index, join.Inputs[1]]));
            }
        }
    }

    // A vector of a computed number and constants that all are the same.
    private static Value? RowOf(Graph graph, Value bounds, int rest) =>
        graph.ProducerOf(bounds) is { Op: Concatenation or Pack } vector && vector.Inputs[0].Shape.Count == 1 && vector.Inputs.Skip(1).All(input => IsAll(input, rest))
            ? Scalar(graph, vector.Inputs[0])
            : null;

    private static bool IsNext(Graph graph, Value next, Value index) =>
        graph.ProducerOf(next) is { Op: IntegerArithmetic { Operation: IntegerOperation.Add, Activation: Activation.None } } sum
        && ((Scalar(graph, sum.Inputs[0]) == index && IsAll(sum.Inputs[1], 1)) || (Scalar(graph, sum.Inputs[1]) == index && IsAll(sum.Inputs[0], 1)));

    private static Value Scalar(Graph graph, Value value)
    {
        while (graph.ProducerOf(value) is { Op: Reshape } reshape)
        {
            value = reshape.Input;
        }

        return value;
    }

    private static bool IsAll(Value value, int number) =>
        value is { IsConstant: true, Type: ElementType.S32 } && value.Integers().All(item => item == number);
}
