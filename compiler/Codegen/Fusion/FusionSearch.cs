// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops.Control;

namespace TinyInfer.Compiler.Codegen.Fusion;

/// <summary>
/// Finds elementwise ops that are computed together.
/// <code>
///   %s = add(%x, %h) : s8[1,64]
///   %a, %b = split(%s)
///   %i = logistic(%a)
///   %y = mul(%i, %b) : s8[1,32]
/// =>
///   %y = fused&lt;add,look_up,add,mul>(%x, %h) : s8[1,32]
/// </code>
/// It begins with the last op of a chain and takes in what makes its operands, through ranges of larger tensors too, as long as nothing between needs
/// what would come later, and as long as the loop fits the code cache in front of flash. An op that comes later than before keeps its operands in memory for longer; it does where they take no more than its result did.
/// </summary>
internal sealed class FusionSearch
{
    /// <summary>What a step costs besides what is predicted of its kernel.</summary>
    private const int CallCycles = 120;

    private readonly Graph _graph;
    private readonly List<Node> _nodes;
    private readonly Dictionary<Node, int> _at;
    private readonly Dictionary<Value, Node> _makers;
    private readonly ILookup<Value, Node> _readers;
    private readonly Dictionary<Node, FusibleOp?> _ops = [];
    private readonly HashSet<Node> _taken = [];

    private readonly Core _core;

    private FusionSearch(Graph graph, Core core)
    {
        (_graph, _core, _nodes) = (graph, core, [.. graph.Nodes]);
        _at = _nodes.Index().ToDictionary(node => node.Item, node => node.Index);
        _makers = _nodes.SelectMany(node => node.Outputs.Select(output => (output, node))).ToDictionary(pair => pair.output, pair => pair.node);
        _readers = _nodes.SelectMany(node => node.Inputs.Distinct().Select(input => (input, node))).ToLookup(pair => pair.input, pair => pair.node);
    }

    /// <summary>The same graph where nothing is found.</summary>
    public static Graph Of(Graph graph, Core core)
    {
        var search = new FusionSearch(graph, core);
        FusionGroup[] groups = [.. search._nodes.AsEnumerable().Reverse().ToArray().Select(search.From).OfType<FusionGroup>()];
        if (groups.Length == 0)
        {
            return graph;
        }

        foreach (var group in groups)
        {
            search.Replace(group);
        }

        return new Graph(graph.Name, graph.Inputs, graph.Outputs, search.Needed(), graph.States, graph.Ties);
    }

    /// <summary>What an op computes element by element, or null.</summary>
    public FusibleOp? OpOf(Node node) => _ops.TryGetValue(node, out var op) ? op : _ops[node] = FusibleOp.Of(node);

    /// <summary>Where the elements of a value are: from some element of another one on, without a copy that a node of this stretch would make.</summary>
    /// <param name="start">First node of the stretch.</param>
    public (Value Value, int Offset) Source(Value value, int start)
    {
        var offset = 0;
        while (_makers.TryGetValue(value, out var maker) && _at[maker] >= start
            && maker.Op.ViewOffset(maker, maker.Outputs.ToList().IndexOf(value)) is { } from && maker.Input is { IsConstant: false, Type: ElementType.S8 } whole)
        {
            (value, offset) = (whole, offset + from);
        }

        return (value, offset);
    }

    public Node? MakerOf(Value value) => _makers.GetValueOrDefault(value);

    public int At(Node node) => _at[node];

    public Node NodeAt(int index) => _nodes[index];

    /// <summary>True when a value must be there under its own name.</summary>
    public bool IsFixed(Value value) => _graph.IsResult(value) || _graph.Ties.Any(tie => tie.Value == value || tie.Tied == value);

    public IEnumerable<Node> ReadersOf(Value value) => _readers[value];

    public static bool IsView(Node node) => node.Outputs.Index().All(output => node.Op.ViewOffset(node, output.Index) is not null);

    /// <summary>The old value of a state must not be read after the new one is written.</summary>
    public bool IsOverwrittenBetween(Value value, int first, int last) =>
        _graph.States.Any(state => state.Value == value && _makers.TryGetValue(state.Next, out var maker) && _at[maker] >= first && _at[maker] < last);

    private FusionGroup? From(Node last)
    {
        if (_taken.Contains(last) || OpOf(last) is null)
        {
            return null;
        }

        var start = _at[last];
        while (start > 0 && _nodes[start - 1].Op is not (Branch or Landing or NextTurn or FirstTurn))
        {
            start--;
        }

        // All at once: on the way there an operand more may be one too many.
        var group = FusionGroup.Of(this, last, [.. Chain(last, start)], start) is { } whole && FitsCache(whole) ? whole : FusionGroup.Of(this, last, [last], start);
        for (var grown = group; grown is not null;)
        {
            group = grown;
            grown = group.Makers.Where(maker => !_taken.Contains(maker) && OpOf(maker) is not null)
                .OrderByDescending(maker => _at[maker])
                .Select(maker => FusionGroup.Of(this, last, [.. group.Members, maker], start))
                .FirstOrDefault(larger => larger is not null && FitsCache(larger));
        }

        if (group is not { Members.Count: > 1 } || !IsFaster(group))
        {
            return null;
        }

        _taken.UnionWith(group.Members);
        return group;
    }

    // All that leads to an op by ops that can be part of it.
    private HashSet<Node> Chain(Node last, int start)
    {
        var chain = new HashSet<Node> { last };
        var open = new Stack<Node>(chain);
        while (open.TryPop(out var node))
        {
            foreach (var maker in OpOf(node)!.Operands.Select(operand => MakerOf(Source(operand.Value, start).Value)).OfType<Node>())
            {
                if (_at[maker] >= start && !_taken.Contains(maker) && OpOf(maker) is not null && chain.Add(maker))
                {
                    open.Push(maker);
                }
            }
        }

        return chain;
    }

    // A larger loop would wait for every line of every round.
    private bool FitsCache(FusionGroup group) => _core != Core.CortexM4 || FusedRoutine.LoopBytes((Fused)group.Node.Op) <= CodeBlock.LineCache;

    private bool IsFaster(FusionGroup group) =>
        Cycles(group.Node) < group.Members.Sum(Cycles) + ((group.Members.Count - 1) * CallCycles);

    private long Cycles(Node node) => Families.Of(node, _core, _graph).Min(candidate => candidate.Cycles);

    // Views of results that come before the group are put behind it.
    private void Replace(FusionGroup group)
    {
        var made = group.Node;
        var results = made.Outputs.ToHashSet();
        var late = new List<Node>();
        foreach (var node in _nodes.Take(_nodes.IndexOf(group.Last)).Where(node => !group.Members.Contains(node) && node.Inputs.Any(results.Contains)))
        {
            late.Add(node);
            results.UnionWith(node.Outputs);
        }

        _nodes.InsertRange(_nodes.IndexOf(group.Last) + 1, [made, .. late]);
        _nodes.RemoveAll(group.Members.Contains);
        foreach (var node in late)
        {
            _nodes.RemoveAt(_nodes.IndexOf(node));
        }
    }

    private List<Node> Needed()
    {
        var needed = new HashSet<Value>(_graph.Outputs.Concat(_graph.States.Select(state => state.Next)));
        var kept = new List<Node>();
        foreach (var node in _nodes.AsEnumerable().Reverse().Where(node => node.Outputs.Count == 0 || !IsView(node) || node.Outputs.Any(needed.Contains)))
        {
            needed.UnionWith(node.Inputs);
            kept.Add(node);
        }

        kept.Reverse();
        return kept;
    }
}
