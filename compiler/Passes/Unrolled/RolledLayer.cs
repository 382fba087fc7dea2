// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Ops.Control;

namespace TinyInfer.Compiler.Passes.Unrolled;

/// <summary>The loop that does what the equal steps of a layer do; its body is the first of them.</summary>
internal sealed class RolledLayer
{
    private readonly Graph _graph;
    private readonly EqualSteps _steps;
    private readonly Origin _origin;

    /// <summary>What the steps make: a value of each step. And where a value stands there.</summary>
    private readonly List<Value[]> _results = [];
    private readonly Dictionary<Value, (Value[] Result, int Step)> _made = [];

    private readonly List<(Value[] Outer, Value Inner)> _operands = [];
    private readonly List<(Value Start, Value Inner, Value[] Next)> _carried = [];
    private readonly List<(Value Sequence, Value Row)> _taken = [];
    private readonly List<(Value Outer, Value Inner)> _fixed = [];
    private readonly List<(Value Sequence, Value Row)> _put = [];
    private readonly List<Node> _before = [];
    private readonly List<Node> _gathers = [];
    private readonly List<(Value[] Rows, Value Sequence)> _scattered = [];

    private RolledLayer(Graph graph, EqualSteps steps)
    {
        (_graph, _steps, _origin) = (graph, steps, steps.Nodes[0][0].Origin);
        foreach (var same in steps.Nodes)
        {
            for (var o = 0; o < same[0].Outputs.Count; o++)
            {
                Value[] result = [.. same.Select(node => node.Outputs[o])];
                _results.Add(result);
                foreach (var (step, value) in result.Index())
                {
                    _made.Add(value, (result, step));
                }
            }
        }
    }

    private int Turns => _steps.Nodes[0].Length;

    /// <summary>Null where the steps hand on or read values as a loop cannot.</summary>
    public static RolledLayer? Of(Graph graph, EqualSteps steps)
    {
        var layer = new RolledLayer(graph, steps);
        return layer.Operands().All(layer.Take) && layer._results.All(layer.Give) && layer.StartsBeforeItEnds() ? layer : null;
    }

    /// <summary>Puts the loop where the steps were; what reads its results comes behind it.</summary>
    public void Replace()
    {
        foreach (var node in Behind().ToList())
        {
            _graph.Move(node, _graph.Nodes.Count - 1);
        }

        var scattered = _scattered.Select(entry => new Node(new Unpack(0), [entry.Sequence], [.. entry.Rows.Select(row => row.Like($"{row.Name}/row"))], _origin)).ToArray();
        _graph.Replace([.. _steps.Nodes.SelectMany(same => same), .. _gathers], [.. _before, Loop(), .. scattered]);
        foreach (var (rows, node) in _scattered.Select(entry => entry.Rows).Zip(scattered))
        {
            foreach (var (row, apart) in rows.Zip(node.Outputs).Where(pair => !IsEnd(pair.First)))
            {
                _graph.Redirect(row, apart);
            }
        }
    }

    private Node Loop() => new ScanParts
    {
        Turns = Turns,
        Name = $"{_origin.Name}/step",
        Nodes = [.. _steps.Nodes.Select(same => same[0].With(inputs: [.. Enumerable.Range(0, same[0].Inputs.Count).Select(i => Inner([.. same.Select(node => node.Inputs[i])]) ?? same[0].Inputs[i])]))],
        Carried = [.. _carried.Select((value, i) => (value.Start, value.Inner, value.Next[0], _carried.FindIndex(other => other.Next == value.Next) == i ? value.Next[^1] : value.Next[^1].Like($"{value.Next[^1].Name}/end")))],
        Taken = _taken,
        Put = _put,
        Fixed = _fixed,
    }.Node(_origin);

    private IEnumerable<Value[]> Operands() =>
        from same in _steps.Nodes
        from i in Enumerable.Range(0, same[0].Inputs.Count)
        select same.Select(node => node.Inputs[i]).ToArray();

    private Value? Inner(Value[] values) => _operands.Find(operand => operand.Outer.SequenceEqual(values)).Inner;

    // What a node reads: of its own step, the same in each, handed on by the step before, rows of a sequence.
    private bool Take(Value[] values)
    {
        if (values.Index().All(entry => IsMade(entry.Item, entry.Index, values[0])) || Inner(values) is not null || (values[0].IsConstant && SameWork.AreOne(values)))
        {
            return true;
        }

        var inner = values[1].Like($"{values[1].Name}/turn");
        _operands.Add((values, inner));
        if (SameWork.AreOne(values))
        {
            _fixed.Add((values[0], inner));
            return true;
        }

        if (_made.TryGetValue(values[1], out var next) && SameWork.AreAlike(values[0], values[1]) && values.Index().Skip(1).All(entry => IsMade(entry.Item, entry.Index - 1, next.Result[0])))
        {
            _carried.Add((values[0], inner, next.Result));
            return !_made.ContainsKey(values[0]);
        }

        if (Row.SequenceOf(_graph, values, _origin, _before) is { } sequence)
        {
            _taken.Add((sequence, inner));
            return true;
        }

        return false;
    }

    // What others read: of the last step, if it is handed on; of all steps, one behind the other; or each row for itself.
    private bool Give(Value[] result)
    {
        Value[] read = [.. result.Where(value => !IsEnd(value) && (_graph.IsResult(value) || Outside(value).Any()))];
        if (read.Length == 0)
        {
            return true;
        }

        if (Outside(read[0]).FirstOrDefault(node => Gathers(node, result)) is { } gather && read.All(value => !_graph.IsResult(value) && Outside(value).All(node => node == gather)))
        {
            _gathers.Add(gather);
            _put.Add((gather.Output, result[0]));
            return true;
        }

        var rows = new Value($"{result[0].Name}/rows", result[0].Type, new Shape([Turns, .. result[0].Shape.Dimensions])) { Quantization = result[0].Quantization };
        _scattered.Add((result, rows));
        _put.Add((rows, result[0]));
        return !_graph.States.Any(state => read.Contains(state.Next));
    }

    private static bool Gathers(Node node, Value[] result) =>
        node.Outputs.Count == 1
        && node.Output.ByteSize == result.Length * result[0].ByteSize
        && result.Index().All(entry => node.Inputs.Contains(entry.Item) && node.Op.PartOffset(node, node.Inputs.ToList().IndexOf(entry.Item)) == entry.Index * entry.Item.ByteSize);

    private IEnumerable<Node> Outside(Value value) => _graph.ReadersOf(value).Where(node => !_steps.Contains(node));

    // The loop's result is what the last step hands on.
    private bool IsEnd(Value value) => _carried.Exists(carried => carried.Next[^1] == value);

    private bool IsMade(Value value, int step, Value first) => _made.TryGetValue(value, out var made) && made.Step == step && made.Result[0] == first;

    private bool StartsBeforeItEnds()
    {
        var late = Behind().SelectMany(node => node.Outputs).Concat(_made.Keys).ToHashSet();
        return !_carried.Select(value => value.Start).Concat(_taken.Select(pair => pair.Sequence)).Concat(_fixed.Select(pair => pair.Outer)).Concat(_before.Select(node => node.Input)).Any(late.Contains);
    }

    // All that needs the loop, and the last assignments of states, which no reader of the old value may follow.
    private IEnumerable<Node> Behind()
    {
        var late = _made.Keys.ToHashSet();
        foreach (var node in _graph.Nodes.Where(node => !_steps.Contains(node)).ToList())
        {
            if (node.Inputs.Any(late.Contains) || node.Outputs.Any(output => _graph.States.Any(state => state.Next == output)))
            {
                late.UnionWith(node.Outputs);
                if (!_gathers.Contains(node))
                {
                    yield return node;
                }
            }
        }
    }
}
