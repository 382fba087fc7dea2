// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Passes.Unrolled;

/// <summary>
/// The nodes that every step of an unrolled layer has: found from one product of the chain along inputs and readers, for all steps at once. Each
/// entry is a node of every step, first step first.
/// </summary>
internal sealed class EqualSteps
{
    private readonly Graph _graph;
    private readonly StepNumbers _numbers;
    private readonly int _first;
    private readonly HashSet<Node> _found = [];
    private readonly List<Node[]> _nodes = [];

    /// <param name="chain">A product of each step.</param>
    /// <param name="first">The number of the first of these steps.</param>
    public EqualSteps(Graph graph, StepNumbers numbers, Node[] chain, int first)
    {
        (_graph, _numbers, _first) = (graph, numbers, first);
        Add(chain);
        for (var i = 0; i < _nodes.Count; i++)
        {
            Follow(_nodes[i]);
        }

        _nodes.Sort((a, b) => graph.PositionOf(a[0]).CompareTo(graph.PositionOf(b[0])));
    }

    public IReadOnlyList<Node[]> Nodes => _nodes;

    /// <summary>True for a node of any of the steps.</summary>
    public bool Contains(Node node) => _found.Contains(node);

    private void Follow(Node[] same)
    {
        for (var i = 0; i < same[0].Inputs.Count; i++)
        {
            var producers = same.Select(node => _graph.ProducerOf(node.Inputs[i])).ToArray();
            if (AreSame(producers) && producers.Index().All(entry => OutputOf(entry.Item!, same[entry.Index].Inputs[i]) == OutputOf(producers[0]!, same[0].Inputs[i])))
            {
                Add(producers!);
            }
        }

        for (var o = 0; o < same[0].Outputs.Count; o++)
        {
            foreach (var reader in _graph.ReadersOf(same[0].Outputs[o]))
            {
                var readers = same.Select(node => ReaderLike(reader, same[0].Outputs[o], node.Outputs[o])).ToArray();
                if (AreSame(readers))
                {
                    Add(readers!);
                }
            }
        }
    }

    private void Add(Node[] same)
    {
        if (!same.Any(_found.Contains))
        {
            _found.UnionWith(same);
            _nodes.Add(same);
        }
    }

    // The only one that reads the value as the given node reads its own.
    private Node? ReaderLike(Node node, Value own, Value value)
    {
        var at = node.Inputs.ToList().IndexOf(own);
        Node[] readers = [.. _graph.ReadersOf(value).Where(reader => reader.Inputs.Count > at && reader.Inputs[at] == value && SameWork.Of(node, reader))];
        return readers.Length == 1 ? readers[0] : null;
    }

    private bool AreSame(Node?[] nodes) =>
        nodes.Index().All(entry => entry.Item is { } node && _numbers.Of(node) == _first + entry.Index && SameWork.Of(nodes[0]!, node));

    private static int OutputOf(Node node, Value value) => node.Outputs.ToList().IndexOf(value);
}
