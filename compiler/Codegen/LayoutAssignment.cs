// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Planning;

namespace TinyInfer.Compiler.Codegen;

/// <summary>
/// Chooses a candidate for every node and a layout for every value so that the predicted cycles are lowest. Starts with everything
/// row-major, which the portable kernels serve, and changes one value at a time as long as that pays: a value has one
/// producer and few readers, so that both ends of a change are seen at once. Inputs and outputs of the model stay row-major.
/// Candidates that a plan cannot afford are forbidden, and the rest chosen again.
/// </summary>
internal sealed class LayoutAssignment
{
    private readonly Graph _graph;
    private readonly IReadOnlyDictionary<Node, IReadOnlyList<Candidate>> _offered;
    private Dictionary<Node, IReadOnlyList<Candidate>> _candidates;
    private List<Ban> _bans = [];
    private readonly Dictionary<(Node Node, string Way), long> _codeBytes = [];
    private Dictionary<Value, Layout> _layouts = [];

    public LayoutAssignment(Graph graph, Core core)
    {
        (_graph, Core) = (graph, core);
        _offered = graph.Nodes.ToDictionary(node => node, node => Families.Of(node, core, graph));
        _candidates = new(_offered);
        Improve();
    }

    public Core Core { get; }

    public IReadOnlyList<Node> Nodes => _graph.Nodes;

    /// <summary>False for a node that is part of another one on this core.</summary>
    public bool Has(Node node) => _offered.ContainsKey(node);

    /// <summary>Everything that could compute the node, also what is forbidden.</summary>
    public IReadOnlyList<Candidate> Offered(Node node) => _offered[node];

    /// <summary>What is not forbidden.</summary>
    public IReadOnlyList<Candidate> Allowed(Node node) => _candidates[node];

    public Candidate Chosen(Node node) => Cheapest(node)!;

    /// <summary>Why a way is forbidden.</summary>
    public Standing Reason(Node node, string way) =>
        _bans.LastOrDefault(ban => ban.Node == node && _offered[node].Any(candidate => candidate.Way == way && ban.Forbids(candidate)))?.Reason ?? Standing.Slower;

    /// <summary>About how large the code of a way is.</summary>
    public long CodeBytes(Node node, string way)
    {
        if (!_codeBytes.TryGetValue((node, way), out var bytes))
        {
            var candidate = _offered[node].FirstOrDefault(candidate => candidate.Way == way);
            var relaid = candidate is null ? null : node.With(
                inputs: [.. node.Inputs.Zip(candidate.Inputs, (value, layout) => value.IsConstant || layout == Layout.RowMajor ? value : value.In(layout))],
                outputs: [.. node.Outputs.Zip(candidate.Outputs, (value, layout) => layout == Layout.RowMajor ? value : value.In(layout))]);
            bytes = relaid is null ? 0 : candidate!.Lower(relaid).Select(call => call.Routine).OfType<Routine>().Sum(routine => (long)routine.Bytes);
            _codeBytes[(node, way)] = bytes;
        }

        return bytes;
    }

    /// <summary>Takes candidates out and chooses again. Null, and nothing done, when that would take all or none.</summary>
    public Ban? Forbid(Node node, Standing reason, Func<Candidate, bool> which)
    {
        IReadOnlyList<Candidate> left = [.. _candidates[node].Where(candidate => !which(candidate))];
        if (left.Count == _candidates[node].Count || !left.Any(IsRowMajor))
        {
            return null;
        }

        var ban = new Ban(node, reason, which);
        _bans.Add(ban);
        _candidates[node] = left;
        if (Cheapest(node) is null)
        {
            _layouts.Clear();
        }

        Improve();
        return ban;
    }

    /// <summary>Allows what was forbidden, and chooses again from the beginning.</summary>
    public void Lift(Predicate<Ban> which)
    {
        foreach (var node in _bans.FindAll(which).Select(ban => ban.Node).ToHashSet())
        {
            _candidates[node] = [.. _offered[node].Where(candidate => !_bans.Exists(ban => ban.Node == node && !which(ban) && ban.Forbids(candidate)))];
        }

        if (_bans.RemoveAll(which) > 0)
        {
            _layouts.Clear();
            Improve();
        }
    }

    /// <summary>Predicted, of all nodes.</summary>
    public long Cycles => Nodes.Sum(node => Chosen(node).Cycles);

    /// <summary>What brings back the present choice.</summary>
    public Action Snapshot()
    {
        var (candidates, bans, layouts) = (_candidates, _bans, _layouts);
        (_candidates, _bans, _layouts) = (new(candidates), [.. bans], new(layouts));
        return () => (_candidates, _bans, _layouts) = (new(candidates), [.. bans], new(layouts));
    }

    /// <summary>The steps as chosen, and which node of the graph each node of the schedule was.</summary>
    public (Schedule Schedule, IReadOnlyDictionary<Node, Node> Origins) Build()
    {
        var values = new Dictionary<Value, Value>();
        Value Of(Value value) => LayoutOf(value) == Layout.RowMajor ? value : values.TryGetValue(value, out var made) ? made : values[value] = value.In(LayoutOf(value));

        var origins = new Dictionary<Node, Node>();
        foreach (var node in _graph.Nodes)
        {
            var relaid = node.With(inputs: [.. node.Inputs.Select(Of)], outputs: [.. node.Outputs.Select(Of)]).StoringOverInput(Chosen(node).StoresOverInput);
            origins[relaid] = node;
        }

        var graph = new Graph(_graph.Name, _graph.Inputs, _graph.Outputs, [.. origins.Keys], _graph.States, _graph.Ties);
        return (ScheduleBuilder.Build(graph, node => Chosen(origins[node]).Calls(node)), origins);
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

    private bool Improve(Value value)
    {
        var around = _graph.ReadersOf(value).Append(_graph.ProducerOf(value)!).ToArray();
        var (before, best, bestCost) = (LayoutOf(value), LayoutOf(value), around.Sum(Cost));
        foreach (var layout in around.SelectMany(node => Layouts(node, value)).Distinct().ToArray())
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

    private IEnumerable<Layout> Layouts(Node node, Value value) => _candidates[node].SelectMany(candidate =>
        node.Inputs.Zip(candidate.Inputs).Concat(node.Outputs.Zip(candidate.Outputs)).Where(pair => pair.First == value).Select(pair => pair.Second));

    private Candidate? Cheapest(Node node) => _candidates[node].Where(candidate => candidate.Fits(LayoutOf, node)).MinBy(candidate => candidate.Cost);

    private double Cost(Node node) => Cheapest(node)?.Cost ?? double.PositiveInfinity;

    private static bool IsRowMajor(Candidate candidate) => candidate.Inputs.Concat(candidate.Outputs).All(layout => layout == Layout.RowMajor);
}
