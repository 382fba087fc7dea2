// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops.Control;

namespace TinyInfer.Compiler.Planning;

/// <summary>
/// Takes control flow apart: one list of nodes in which branches go from one place to another, as the device runs it.
/// <code>
///   %y = if(%c, %x)                %y = while(%x)
/// =>                             =>
///   branch&lt;L0,true>(%c)            %v = carry(%x)
///   ... else                       landing&lt;L0>
///   %y' = carry(%e)                ... condition of %v
///   branch&lt;L1>(%y')                branch&lt;L1,false>(%c, %v)
///   landing&lt;L0>                    ... body of %v
///   ... then                       %v' = carry(%b)
///   %y = carry(%t)                 branch&lt;L0>(%v', what is read in the loop)
///   landing&lt;L1>                    %y = landing&lt;L1>
/// </code>
/// %y' is tied to %y, and %v', %y to %v: one place in memory, each live where the branches need it. A value that the body hands on unchanged is none
/// of the loop's. The lighter side of an if comes first, so that the other one, last in the list, may overwrite what both have read.
/// </summary>
internal sealed partial class Linear
{
    private readonly List<Node> _nodes = [];
    private readonly List<Tie> _ties = [];
    private readonly Dictionary<Value, Value> _same = [];
    private int _labels;

    /// <summary>The same graph where it has no control flow.</summary>
    public static Graph Of(Graph graph)
    {
        if (!graph.Nodes.Any(node => node.Op is ControlOp))
        {
            return graph;
        }

        var linear = new Linear();
        linear.Add(graph.Nodes);
        return new Graph(graph.Name, graph.Inputs, [.. graph.Outputs.Select(linear.Now)], linear._nodes, graph.States, linear._ties);
    }

    private void Add(IReadOnlyList<Node> nodes)
    {
        foreach (var node in nodes)
        {
            var now = node.With(inputs: [.. node.Inputs.Select(Now)]);
            switch (now.Op)
            {
                case If choice:
                    Add(now, choice);
                    break;
                case While loop:
                    Add(now, loop);
                    break;
                case Scan:
                    AddScan(now);
                    break;
                default:
                    _nodes.Add(now);
                    break;
            }
        }
    }

    private void Add(Node node, If choice)
    {
        var (otherwise, end) = (NewLabel(), NewLabel());
        var thenFirst = choice.Then.Macs() < choice.Else.Macs();
        var (first, last) = thenFirst ? (choice.Then, choice.Else) : (choice.Else, choice.Then);

        Branch(node, otherwise, !thenFirst, node.Input);
        Enter(node, first, [.. node.Inputs.Skip(1)]);
        Add(first.Nodes);
        var early = node.Outputs.Select(output => output.Like($"{output.Name}/early")).ToArray();
        Carry(node, first.Outputs, early);
        Branch(node, end, null, early);

        Land(node, otherwise);
        Enter(node, last, [.. node.Inputs.Skip(1)]);
        Add(last.Nodes);
        Carry(node, last.Outputs, node.Outputs);
        Land(node, end);
        _ties.AddRange(node.Outputs.Zip(early, (output, tied) => new Tie(output, tied)));
    }

    private void Add(Node node, While loop)
    {
        var (head, end) = (NewLabel(), NewLabel());
        var kept = Enumerable.Range(0, node.Inputs.Count).Where(i => loop.Body.Outputs[i] == loop.Body.Inputs[i]).ToArray();
        var turned = Enumerable.Range(0, node.Inputs.Count).Except(kept).ToArray();
        Value[] held = [.. turned.Select(i => loop.Body.Inputs[i])];

        Enter(node, loop.Body, node.Inputs, kept);
        Carry(node, [.. turned.Select(i => node.Inputs[i])], held);
        Land(node, head);
        var start = _nodes.Count;

        Enter(node, loop.Condition, [.. loop.Body.Inputs.Select(Now)]);
        Add(loop.Condition.Nodes);
        Branch(node, end, false, [Now(loop.Condition.Outputs[0]), .. held]);
        Add(loop.Body.Nodes);

        var next = held.Select(value => value.Like($"{value.Name}/next")).ToArray();
        Carry(node, [.. turned.Select(i => Apart(node, Now(loop.Body.Outputs[i]), held))], next);
        _nodes.Add(new Node(
            new Branch(head, null) { Loop = "control flow: its condition is more than a count of turns" }, [.. next, .. ReadFromBefore(start).Except(held)], [], node.Origin));

        Land(node, end, [.. turned.Select(i => node.Outputs[i])]);
        Carry(node, [.. kept.Select(i => node.Inputs[i])], [.. kept.Select(i => node.Outputs[i])]);
        foreach (var (i, index) in turned.Index())
        {
            _ties.Add(new Tie(held[i], next[i]));
            _ties.Add(new Tie(held[i], node.Outputs[index]));
        }
    }

    // What one turn hands to another place of the next must be read before any of the new values is written.
    private Value Apart(Node node, Value value, Value[] held)
    {
        if (!held.Contains(value))
        {
            return value;
        }

        var apart = value.Like($"{value.Name}/old");
        _nodes.Add(new Node(new Carry(), [value], [apart], node.Origin));
        return apart;
    }

    private IEnumerable<Value> ReadFromBefore(int start)
    {
        var written = _nodes.Skip(start).SelectMany(node => node.Outputs).ToHashSet();
        return [.. _nodes.Skip(start).SelectMany(node => node.Inputs).Where(input => !input.IsConstant && !written.Contains(input)).Distinct()];
    }

    /// <summary>Gives a graph its inputs: those of the same meaning are the values themselves.</summary>
    private void Enter(Node node, Graph graph, IReadOnlyList<Value> values, IReadOnlyList<int>? only = null)
    {
        foreach (var i in only ?? [.. Enumerable.Range(0, values.Count)])
        {
            Enter(node, values[i], graph.Inputs[i]);
        }
    }

    private void Enter(Node node, Value outer, Value inner)
    {
        if (outer.IsConstant)
        {
            _same[inner] = inner.Holding(outer.Constant!.Value);
        }
        else if (inner.Shape.Equals(outer.Shape) && inner.IsQuantizedAs(outer))
        {
            _same[inner] = outer;
        }
        else
        {
            Carry(node, [outer], [inner]);
        }
    }

    private void Carry(Node node, IReadOnlyList<Value> from, IReadOnlyList<Value> to) =>
        _nodes.AddRange(from.Zip(to, (source, target) => new Node(new Carry(), [Now(source)], [target], node.Origin)));

    private void Branch(Node node, Label target, bool? when, params IReadOnlyList<Value> values) =>
        _nodes.Add(new Node(new Branch(target, when), values, [], node.Origin));

    private void Land(Node node, Label label, params IReadOnlyList<Value> outputs) => _nodes.Add(new Node(new Landing(label), [], outputs, node.Origin));

    private Value Now(Value value) => _same.TryGetValue(value, out var now) ? now : value;

    private Label NewLabel() => new(_labels++);
}
