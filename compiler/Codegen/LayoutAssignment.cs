// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen;

/// <summary>
/// Chooses the layout of every value so that the predicted cycles of the cheapest candidates are lowest. Starts with everything
/// row-major, which the portable kernels serve, and changes one value at a time as long as that pays: a value has one
/// producer and few readers, so that both ends of a change are seen at once. Inputs and outputs of the model stay row-major. Where the
/// constants of all that is chosen are too large, the nodes that save least a byte do without.
/// </summary>
internal sealed class LayoutAssignment
{
    private readonly Graph _graph;
    private readonly Dictionary<Node, IReadOnlyList<Candidate>> _candidates;
    private readonly long _budget;
    private readonly Dictionary<Value, Layout> _layouts = [];

    private LayoutAssignment(Graph graph, Core core, Goal goal)
    {
        _graph = graph;
        _budget = goal.ExtraFlash(graph.Nodes.SelectMany(node => node.Inputs).Where(value => value.IsConstant).Distinct().Sum(value => (long)value.ByteSize));
        _candidates = graph.Nodes.ToDictionary(
            node => node, IReadOnlyList<Candidate> (node) => [.. Families.Of(node, core).Where(candidate => candidate.Arena == 0 || goal != Goal.Memory)]);
    }

    /// <summary>The same graph with values that have layouts, and how to lower its nodes.</summary>
    public static (Graph Graph, Func<Node, IReadOnlyList<KernelCall>> Lower) Of(Graph graph, Core core, Goal goal)
    {
        var assignment = new LayoutAssignment(graph, core, goal);
        assignment.Improve();
        assignment.Afford();
        return assignment.Relaid();
    }

    private void Improve()
    {
        var inner = _graph.Nodes.SelectMany(node => node.Outputs).Where(value => !_graph.IsResult(value)).ToArray();
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var value in inner)
            {
                changed |= Improve(value);
            }
        }
    }

    private void Afford()
    {
        while (_graph.Nodes.Sum(node => Cheapest(node)!.Flash) > _budget)
        {
            var dearest = _graph.Nodes.Where(node => Cheapest(node)!.Flash > 0).MinBy(SavedPerByte)!;
            _candidates[dearest] = [.. _candidates[dearest].Where(candidate => candidate.Flash == 0)];
            Improve();
        }
    }

    private double SavedPerByte(Node node)
    {
        var chosen = Cheapest(node)!;
        return (_candidates[node].Where(candidate => candidate.Flash == 0).Min(candidate => candidate.Cycles) - chosen.Cycles) / (double)chosen.Flash;
    }

    private bool Improve(Value value)
    {
        var around = _graph.ReadersOf(value).Append(_graph.ProducerOf(value)!).ToArray();
        var (before, best, bestCost) = (LayoutOf(value), LayoutOf(value), around.Sum(Cost));
        foreach (var layout in around.SelectMany(node => Offered(node, value)).Distinct().ToArray())
        {
            _layouts[value] = layout;
            if (around.Sum(Cost) is var cost && cost < bestCost)
            {
                (best, bestCost) = (layout, cost);
            }
        }

        _layouts[value] = best;
        return best != before;
    }

    private Layout LayoutOf(Value value) => _layouts.GetValueOrDefault(value, Layout.RowMajor);

    private IEnumerable<Layout> Offered(Node node, Value value) => _candidates[node].SelectMany(candidate =>
        node.Inputs.Zip(candidate.Inputs).Concat(node.Outputs.Zip(candidate.Outputs)).Where(pair => pair.First == value).Select(pair => pair.Second));

    private Candidate? Cheapest(Node node) => _candidates[node].Where(candidate => candidate.Fits(LayoutOf, node)).MinBy(candidate => candidate.Cycles);

    private double Cost(Node node) => Cheapest(node)?.Cycles ?? double.PositiveInfinity;

    private (Graph Graph, Func<Node, IReadOnlyList<KernelCall>> Lower) Relaid()
    {
        var values = new Dictionary<Value, Value>();
        Value Of(Value value) => LayoutOf(value) == Layout.RowMajor ? value : values.TryGetValue(value, out var made) ? made : values[value] = value.In(LayoutOf(value));

        var chosen = new Dictionary<Node, Candidate>();
        var nodes = new List<Node>();
        foreach (var node in _graph.Nodes)
        {
            var relaid = node.With(inputs: [.. node.Inputs.Select(Of)], outputs: [.. node.Outputs.Select(Of)]);
            chosen[relaid] = Cheapest(node)!;
            nodes.Add(relaid);
        }

        return (new Graph(_graph.Name, _graph.Inputs, _graph.Outputs, nodes, _graph.States, _graph.Ties), node => Lowered(chosen[node], node));
    }

    private static IReadOnlyList<KernelCall> Lowered(Candidate candidate, Node node) =>
        [.. candidate.Lower(node).Select(call => call.Routine is null ? call : call with { Cycles = candidate.Cycles })];
}
