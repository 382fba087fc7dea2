// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ops.Control;

namespace TinyInfer.Compiler.Ir;

/// <summary>
/// A single-assignment graph. Nodes are kept in execution order, and passes change it only through the few edits
/// below, so a half-made edit cannot be observed.
/// </summary>
internal sealed class Graph(
    string name,
    IReadOnlyList<Value> inputs,
    IReadOnlyList<Value> outputs,
    IEnumerable<Node> nodes,
    IReadOnlyList<State>? states = null,
    IReadOnlyList<Tie>? ties = null)
{
    private readonly List<Node> _nodes = [.. nodes];
    private readonly List<Value> _outputs = [.. outputs];
    private readonly List<State> _states = [.. states ?? []];

    public string Name { get; } = name;

    public IReadOnlyList<Value> Inputs { get; } = inputs;

    public IReadOnlyList<Value> Outputs => _outputs;

    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>What survives from one invocation to the next.</summary>
    public IReadOnlyList<State> States => _states;

    /// <summary>Values of one place, as the branches of a graph without nested ones need them.</summary>
    public IReadOnlyList<Tie> Ties { get; } = ties ?? [];

    /// <summary>This graph and all that its nodes run, outer ones first.</summary>
    public IEnumerable<Graph> WithNested => _nodes.Select(node => node.Op).OfType<ControlOp>().SelectMany(op => op.Graphs).SelectMany(graph => graph.WithNested).Prepend(this);

    /// <summary>Multiply-accumulates of all nodes.</summary>
    public long Macs() => _nodes.Sum(node => node.Macs);

    /// <summary>What must be there after the last node, under its own name: outputs and the new values of states.</summary>
    public bool IsResult(Value value) => _outputs.Contains(value) || _states.Exists(state => state.Next == value);

    /// <summary>True when something needs the value: a node, or what comes after the last one.</summary>
    public bool IsRead(Value value) => IsResult(value) || ReadersOf(value).Count > 0;

    /// <summary>True for the value of a state at the start of an invocation.</summary>
    public bool IsState(Value value) => _states.Exists(state => state.Value == value);

    public Node? ProducerOf(Value value) => _nodes.Find(node => node.Outputs.Contains(value));

    public IReadOnlyList<Node> ReadersOf(Value value) => _nodes.FindAll(node => node.Inputs.Contains(value));

    /// <summary>The node that reads <paramref name="value"/> when nothing else does, the model's caller included.</summary>
    public Node? OnlyReaderOf(Value value)
    {
        var readers = ReadersOf(value);
        return readers.Count == 1 && !IsResult(value) ? readers[0] : null;
    }

    /// <summary>Puts <paramref name="after"/> where the last node of <paramref name="before"/> stood and drops the others.</summary>
    public void Replace(IReadOnlyList<Node> before, params IReadOnlyList<Node> after)
    {
        var at = before.Max(_nodes.IndexOf);
        _nodes.InsertRange(at + 1, after);
        _nodes.RemoveAll(before.Contains);
    }

    public int PositionOf(Node node) => _nodes.IndexOf(node);

    /// <summary>Puts a node before the one that is at a position before it.</summary>
    public void Move(Node node, int to)
    {
        _nodes.Remove(node);
        _nodes.Insert(to, node);
    }

    /// <summary>Makes every reader of <paramref name="old"/>, the model's outputs included, read <paramref name="with"/>.</summary>
    public void Redirect(Value old, Value with)
    {
        for (var i = 0; i < _nodes.Count; i++)
        {
            if (_nodes[i].Inputs.Contains(old))
            {
                _nodes[i] = _nodes[i].With(inputs: [.. _nodes[i].Inputs.Select(input => input == old ? with : input)]);
            }
        }

        for (var i = 0; i < _outputs.Count; i++)
        {
            _outputs[i] = _outputs[i] == old ? with : _outputs[i];
        }
    }

    /// <summary>Makes <paramref name="after"/> of a state; <paramref name="first"/> gives its readers, before all other nodes, what they read.</summary>
    public void Replace(State before, State after, Node first)
    {
        _states[_states.IndexOf(before)] = after;
        Redirect(before.Value, first.Output);
        _nodes.Insert(0, first);
    }

    /// <summary>Makes the initial value of every state its value in every invocation.</summary>
    public void ForgetStates()
    {
        foreach (var state in _states)
        {
            Redirect(state.Value, state.Value.Holding(state.Initial));
            _nodes.RemoveAll(node => node.Outputs.Contains(state.Next));
        }

        _states.Clear();
    }

    /// <summary>Drops a node whose outputs nobody reads.</summary>
    public void Remove(Node node) => _nodes.Remove(node);
}
