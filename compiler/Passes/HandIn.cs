// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops.Control;

namespace TinyInfer.Compiler.Passes;

/// <summary>
/// Hands constants into the graphs of control flow, where weights and sizes must be constants, and leaves out what they do not use: inputs that neither
/// side of an if reads, values that a loop turns without an effect. An if whose condition is a constant is the side it takes.
/// <code>
///   %y, %n = while(%x, $w)
///   begin  body
///   %b = fully_connected(%a, %v)
///   output %b
///   output %v
/// =>
///   %y = while(%x)
///   begin  body
///   %b = fully_connected(%a, $w)
///   output %b
/// </code>
/// </summary>
internal sealed class HandIn : IPass
{
    public void Run(Graph graph)
    {
        // By number: what one node leaves out may change those behind it, and an if may be replaced by others.
        for (var at = 0; at < graph.Nodes.Count; at++)
        {
            if (graph.Nodes[at].Op is ControlOp control && HandTo(graph, graph.Nodes[at], control))
            {
                at--;
            }
        }

        foreach (var nested in graph.Nodes.Select(node => node.Op).OfType<ControlOp>().SelectMany(op => op.Graphs))
        {
            new FoldConstants().Run(nested);
        }
    }

    // True when the node is gone, and others have come to its place.
    private static bool HandTo(Graph graph, Node node, ControlOp control)
    {
        control.Check(node);
        foreach (var nested in control.Graphs)
        {
            new RemoveDeadNodes().Run(nested);
        }

        switch (control)
        {
            case If choice when node.Input.IsConstant:
                Inline(graph, node, node.Input.Constant!.Value.Span[0] != 0 ? choice.Then : choice.Else);
                return true;
            case If choice:
                Choose(graph, node, choice);
                return false;
            default:
                Turn(graph, node, (While)control);
                return false;
        }
    }

    private static void Inline(Graph graph, Node node, Graph taken) => graph.Replace(
        [node],
        [
            .. taken.Inputs.Zip(node.Inputs.Skip(1), (inner, outer) => new Node(new Carry(), [outer], [inner], node.Origin)),
            .. taken.Nodes,
            .. taken.Outputs.Zip(node.Outputs, (inner, outer) => new Node(new Carry(), [inner], [outer], node.Origin)),
        ]);

    private static void Choose(Graph graph, Node node, If choice)
    {
        foreach (var (i, input) in node.Inputs.Skip(1).Index().Where(input => input.Item.IsConstant))
        {
            Fix(choice.Then, i, input);
            Fix(choice.Else, i, input);
        }

        int[] left = [.. Enumerable.Range(0, choice.Then.Inputs.Count).Where(i => choice.Graphs.Any(side => side.IsRead(side.Inputs[i])))];
        graph.Replace([node], node.With(
            op: new If(Only(choice.Then, left), Only(choice.Else, left)), inputs: [node.Input, .. left.Select(i => node.Inputs[i + 1])]));
    }

    private static void Turn(Graph graph, Node node, While loop)
    {
        int[] all = [.. Enumerable.Range(0, node.Inputs.Count)];
        int[] fixedOnes = [.. all.Where(i => node.Inputs[i].IsConstant && loop.Body.Outputs[i] == loop.Body.Inputs[i])];
        foreach (var i in fixedOnes)
        {
            Fix(loop.Condition, i, node.Inputs[i]);
            Fix(loop.Body, i, node.Inputs[i]);
            graph.Redirect(node.Outputs[i], As(node.Outputs[i], node.Inputs[i]));
        }

        var needed = Needed(graph, node, loop);
        int[] left = [.. all.Except(fixedOnes).Where(needed.Contains)];
        graph.Replace([node], node.With(
            op: new While(Only(loop.Condition, left), Only(loop.Body, left, left)),
            inputs: [.. left.Select(i => node.Inputs[i])],
            outputs: [.. left.Select(i => node.Outputs[i])]));
    }

    // What is read after the loop, by its condition, or by the body for one of these.
    private static HashSet<int> Needed(Graph graph, Node node, While loop)
    {
        var needed = new HashSet<int>();
        var more = new Stack<int>(Enumerable.Range(0, node.Inputs.Count).Where(i =>
            graph.IsRead(node.Outputs[i]) || loop.Condition.IsRead(loop.Condition.Inputs[i])));
        while (more.TryPop(out var next))
        {
            if (needed.Add(next))
            {
                var sources = Sources(loop.Body, loop.Body.Outputs[next]);
                foreach (var (i, _) in loop.Body.Inputs.Index().Where(input => sources.Contains(input.Item)))
                {
                    more.Push(i);
                }
            }
        }

        return needed;
    }

    private static HashSet<Value> Sources(Graph graph, Value value)
    {
        var sources = new HashSet<Value> { value };
        foreach (var node in graph.Nodes.Reverse().Where(node => node.Outputs.Any(sources.Contains)))
        {
            sources.UnionWith(node.Inputs);
        }

        return sources;
    }

    private static void Fix(Graph graph, int input, Value constant) => graph.Redirect(graph.Inputs[input], As(graph.Inputs[input], constant));

    private static Value As(Value value, Value constant) =>
        new(value.Name, value.Type, value.Shape) { Quantization = value.Quantization, Constant = constant.Constant };

    private static Graph Only(Graph graph, int[] inputs, int[]? outputs = null)
    {
        Value[] left = [.. (outputs ?? [.. Enumerable.Range(0, graph.Outputs.Count)]).Select(i => graph.Outputs[i])];
        var only = new Graph(graph.Name, [.. inputs.Select(i => graph.Inputs[i])], left, graph.Nodes);
        new RemoveDeadNodes().Run(only);
        return only;
    }
}
