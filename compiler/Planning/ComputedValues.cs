// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Planning;

/// <summary>The values that need memory, numbered, with the nodes that write them and read them last.</summary>
internal sealed class ComputedValues
{
    private readonly List<Value> _values = [];
    private readonly Dictionary<Value, int> _numbers = [];
    private readonly List<int> _first = [];
    private readonly List<int> _last = [];

    public ComputedValues(Graph graph)
    {
        Graph = graph;
        foreach (var input in graph.Inputs.Distinct())
        {
            Add(input, -1);
        }

        foreach (var state in graph.States)
        {
            Add(state.Value, -1);
        }

        foreach (var (index, node) in graph.Nodes.Index())
        {
            foreach (var input in node.Inputs.Where(_numbers.ContainsKey))
            {
                _last[_numbers[input]] = index;
            }

            foreach (var output in node.Outputs)
            {
                Add(output, index);
            }
        }

        foreach (var output in graph.Outputs.Concat(graph.States.Select(state => state.Next)).Where(_numbers.ContainsKey))
        {
            _last[_numbers[output]] = graph.Nodes.Count;
        }
    }

    public Graph Graph { get; }

    public int Count => _values.Count;

    public Value this[int number] => _values[number];

    public int NumberOf(Value value) => _numbers[value];

    /// <summary>Index of the node that writes the value; -1 for inputs of the model and for states.</summary>
    public int First(int number) => _first[number];

    /// <summary>Index of the last node that reads it; the number of nodes for outputs of the model and new values of states.</summary>
    public int Last(int number) => _last[number];

    private void Add(Value value, int first)
    {
        _numbers.Add(value, _values.Count);
        _values.Add(value);
        _first.Add(first);
        _last.Add(first);
    }
}
