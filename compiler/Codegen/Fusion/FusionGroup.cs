// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Codegen.Fusion;

/// <summary>Ops that are computed together at the place of the last one.</summary>
internal sealed class FusionGroup
{
    /// <summary>Of a call.</summary>
    private const int MostInputs = 8;
    private const int MostOutputs = 4;

    private readonly FusionSearch _search;
    private readonly int _start;
    private readonly List<Value> _inputs = [];
    private readonly List<FusedLeaf> _leaves = [];
    private readonly List<FusedStep> _steps = [];
    private readonly Dictionary<(Node Node, int Offset), int> _numbers = [];
    private bool _fits = true;

    private FusionGroup(FusionSearch search, Node last, IReadOnlyList<Node> members, int start)
    {
        (_search, Last, Members, _start) = (search, last, [.. members], start);
        Node = Build();
    }

    public Node Last { get; }

    public HashSet<Node> Members { get; }

    public Node Node { get; }

    /// <summary>What makes the operands, in the same stretch of the list.</summary>
    public IEnumerable<Node> Makers => _inputs.Select(_search.MakerOf).OfType<Node>().Where(maker => _search.At(maker) >= _start && !Members.Contains(maker)).Distinct();

    /// <summary>Null when the members cannot be computed together.</summary>
    /// <param name="start">First node of the stretch without branches that the last one is in.</param>
    public static FusionGroup? Of(FusionSearch search, Node last, IReadOnlyList<Node> members, int start)
    {
        var group = new FusionGroup(search, last, members, start);
        return group._fits && group.ComesLate() && group.KeepsMemory() ? group : null;
    }

    private Node Build()
    {
        var count = Last.Output.Shape.Count;
        Number(Last, 0, count);
        Node[] kept = [.. Members.Where(IsNeededOutside).OrderBy(_search.At)];
        _fits &= kept.All(member => _numbers.ContainsKey((member, 0)) && member.Output.Shape.Count == count);
        var op = new Fused(count, _leaves, _steps, [.. kept.Select(member => _numbers.GetValueOrDefault((member, 0)))]);
        _fits &= _inputs.Count + op.Tables.Count <= MostInputs
            && kept.Length <= MostOutputs
            && _leaves.Select(leaf => leaf.Period).Where(period => period is not null).Distinct().Count() <= 1
            && new FusedSlots(op).Count <= FusedSlots.Most;
        return new Node(op, _inputs, [.. kept.Select(member => member.Output)], Last.Origin) { Turns = Last.Turns };
    }

    // The step of a member for the elements from an offset on, after those of its operands.
    private int Number(Node member, int offset, int count)
    {
        if (_numbers.TryGetValue((member, offset), out var number))
        {
            return number;
        }

        var op = _search.OpOf(member)!;
        var operands = op.Operands.Select(operand => Operand(operand.Value, operand.Period, offset, count)).ToArray();
        _fits &= offset + count <= member.Output.Shape.Count;
        _steps.Add(op.Step(operands));
        return _numbers[(member, offset)] = _steps.Count - 1;
    }

    private int Operand(Value value, int? period, int offset, int count)
    {
        var (source, from) = _search.Source(value, _start);
        if (period is not null)
        {
            // Words do not straddle the end of a row.
            _fits &= offset == 0 && period % sizeof(int) == 0;
            return Leaf(source, from, period);
        }

        return _search.MakerOf(source) is { } maker && Members.Contains(maker) ? Number(maker, offset + from, count) : Leaf(source, offset + from, null);
    }

    private int Leaf(Value source, int offset, int? period)
    {
        var input = _inputs.IndexOf(source);
        if (input < 0)
        {
            (input, _) = (_inputs.Count, source);
            _inputs.Add(source);
        }

        var leaf = new FusedLeaf(input, offset, period);
        var index = _leaves.IndexOf(leaf);
        if (index < 0)
        {
            index = _leaves.Count;
            _leaves.Add(leaf);
        }

        // Signs are mixed by the place in the tensor.
        _fits &= offset % 2 == 0 && (source.IsConstant || !Members.Any(member => member.Output == source));
        return ~index;
    }

    private bool IsNeededOutside(Node member) => member == Last || _search.IsFixed(member.Output) || _search.ReadersOf(member.Output).Any(IsOutside);

    // A view that only members read is left out.
    private bool IsOutside(Node reader) => !Members.Contains(reader)
        && (!FusionSearch.IsView(reader) || reader.Outputs.Any(_search.IsFixed) || reader.Outputs.SelectMany(_search.ReadersOf).Any(IsOutside));

    // Nothing in front of the last member needs a result, but views that can come later themselves.
    private bool ComesLate() => Members.Where(member => member != Last).All(member => _search.ReadersOf(member.Output).All(reader => Members.Contains(reader) || CanComeLater(reader)));

    private bool CanComeLater(Node reader) => _search.At(reader) > _search.At(Last)
        || (FusionSearch.IsView(reader) && reader.Outputs.SelectMany(_search.ReadersOf).All(next => Members.Contains(next) || CanComeLater(next)));

    private bool KeepsMemory()
    {
        var last = _search.At(Last);
        var first = Members.Min(_search.At);
        if (_inputs.Any(input => _search.IsOverwrittenBetween(input, first, last)))
        {
            return false;
        }

        return Enumerable.Range(first, last - first).Where(at => _search.NodeAt(at) is var node && !Members.Contains(node) && !FusionSearch.IsView(node)).All(at =>
        {
            var before = Members.Where(member => _search.At(member) < at && LastRead(member.Output) >= at).Sum(member => member.Output.ByteSize);
            var after = _inputs.Where(input => !input.IsConstant && LastRead(input, onlyOutside: true) < at && MadeBefore(input, at)).Sum(input => input.ByteSize);
            return after <= before;
        });
    }

    private bool MadeBefore(Value input, int at) => _search.MakerOf(input) is not { } maker || _search.At(maker) < at;

    // The end of the stretch where a value is needed for good.
    private int LastRead(Value value, bool onlyOutside = false) => _search.IsFixed(value)
        ? int.MaxValue
        : _search.ReadersOf(value).Where(reader => !onlyOutside || !Members.Contains(reader)).Select(reader => FusionSearch.IsView(reader)
            ? reader.Outputs.Select(output => LastRead(output, onlyOutside)).Append(-1).Max()
            : _search.At(reader)).Append(-1).Max();
}
