// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Import;

/// <summary>A subgraph that an operator runs, before it is a graph: it still knows its variables by name.</summary>
internal sealed record Subgraph(int Number, Variables Variables, IReadOnlyList<Value> Inputs, IReadOnlyList<Value> Outputs, IReadOnlyList<Node> Nodes);

/// <summary>The graphs of an operator and its operands, variables among them instead of their handles.</summary>
internal sealed record SubgraphCall(IReadOnlyList<Graph> Graphs, IReadOnlyList<Value> Inputs, IReadOnlyList<Value> Outputs)
{
    /// <param name="variables">Those outside.</param>
    /// <param name="sides">One of them computes the outputs.</param>
    public static SubgraphCall OfChoice(Origin origin, Variables variables, IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs, IReadOnlyList<Subgraph> sides)
    {
        int[] taken = [.. Enumerable.Range(0, inputs.Count).Where(i => !variables.IsHandle(inputs[i]))];
        int[] given = [.. Enumerable.Range(0, outputs.Count).Where(i => !variables.GiveHandle(origin, outputs[i], i, sides))];
        var handed = variables.HandOver(origin, sides);
        var assigned = handed.Where(variable => variable.IsAssigned).ToArray();
        return new SubgraphCall(
            [.. sides.Select((side, number) => GraphOf(side, taken, given, handed.Select(v => v.Starts[number]), assigned.Select(v => v.Ends[number])))],
            [.. taken.Select(i => inputs[i]), .. handed.Select(variable => variable.Before)],
            [.. given.Select(i => outputs[i]), .. assigned.Select(variable => variable.After)]);
    }

    /// <summary>The graphs are the condition and the body: a loop hands every input on, the variables that it only reads too.</summary>
    public static SubgraphCall OfLoop(Origin origin, Variables variables, IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs, Subgraph condition, Subgraph body)
    {
        int[] taken = [.. Enumerable.Range(0, inputs.Count).Where(i => !variables.IsHandle(inputs[i]))];
        int[] given = [.. Enumerable.Range(0, outputs.Count).Where(i => !variables.GiveHandle(origin, outputs[i], i, [body]))];
        if (outputs.Index().FirstOrDefault(output => variables.IsHandle(output.Item) && !(output.Index < inputs.Count && variables.IsSameHandle(inputs[output.Index], output.Item)))
            is { Item: { } other, Index: var index })
        {
            throw origin.Refuse($"output {index} {Quoted.Name(other.Name)} is not the variable that input {index} is", "handles that a loop hands on unchanged");
        }

        var handed = variables.HandOver(origin, [condition, body]);
        if (handed.FirstOrDefault(variable => variable.Starts[0] != variable.Ends[0]) is { } assigned)
        {
            throw origin.Refuse($"variable {Quoted.Name(assigned.Starts[0].Name)} is assigned by the loop's condition", "assignments in the body");
        }

        return new SubgraphCall(
            [
                GraphOf(condition, taken, [.. Enumerable.Range(0, condition.Outputs.Count)], handed.Select(variable => variable.Starts[0]), []),
                GraphOf(body, taken, given, handed.Select(variable => variable.Starts[1]), handed.Select(variable => variable.Ends[1])),
            ],
            [.. taken.Select(i => inputs[i]), .. handed.Select(variable => variable.Before)],
            [.. given.Select(i => outputs[i]), .. handed.Select(variable => variable.After)]);
    }

    private static Graph GraphOf(Subgraph side, int[] taken, int[] given, IEnumerable<Value> starts, IEnumerable<Value> ends) => new(
        $"subgraph {side.Number}",
        [.. taken.Where(i => i < side.Inputs.Count).Select(i => side.Inputs[i]), .. starts],
        [.. given.Where(i => i < side.Outputs.Count).Select(i => side.Outputs[i]), .. ends],
        side.Nodes);
}
