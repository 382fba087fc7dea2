// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Ops.Control;

namespace TinyInfer.Compiler.Planning;

/// <summary>
/// Decides which values share memory. Greedy: every merge is tried in turn and kept when it lowers, in this order of
/// importance, the most bytes live at one step, the number of steps, and the bytes live over all steps. So no merge
/// raises the peak: a part placed in its whole, for example, makes the whole live longer and is refused where that costs.
/// Greedy depends on the order of trial; of the two that differ in practice the better result is taken.
/// </summary>
internal sealed class Sharing(Graph graph)
{
    private readonly ComputedValues _values = new(graph);
    private readonly IReadOnlyList<Alias> _aliases = [.. Alias.Of(graph)];

    public static (ComputedValues Values, StorageGroups Groups, Lifetimes Lifetimes) Of(Graph graph, Func<Node, IReadOnlyList<KernelCall>> lower)
    {
        var sharing = new Sharing(graph);
        var calls = LoweredCall.Of(sharing._values, sharing._aliases, lower);
        var best = sharing.Orders()
            .Select(order => sharing.Greedy(calls, order))
            .MinBy(result => result.Cost)!;

        return (sharing._values, best.Groups, best.Lifetimes);
    }

    // Merges that belong together are tried together first, then one by one.
    private IEnumerable<IReadOnlyList<IReadOnlyList<Alias>>> Orders()
    {
        var whole = Trials(alias => alias is { Kind: AliasKind.View, IsWhole: true }).ToArray();
        var partial = Trials(alias => alias is { Kind: AliasKind.View, IsWhole: false }).ToArray();
        var parts = Trials(alias => alias.Kind == AliasKind.Part).ToArray();
        var overwrites = Trials(alias => alias.Kind == AliasKind.Overwrite).ToArray();

        yield return [.. whole, .. parts, .. partial, .. overwrites];
        yield return [.. whole, .. overwrites, .. parts, .. partial];
    }

    private IEnumerable<IReadOnlyList<Alias>> Trials(Func<Alias, bool> which)
    {
        foreach (var ofNode in _aliases.Where(which).GroupBy(alias => alias.Node))
        {
            yield return [.. ofNode];
            foreach (var alias in ofNode.Where(_ => ofNode.Count() > 1))
            {
                yield return [alias];
            }
        }
    }

    // The chains of copies that hand states through the sides of a choice, unchanged or not: in place all of them, or none is.
    private IEnumerable<IReadOnlyList<Alias>> KeptByControlFlow()
    {
        Alias[] copies = [.. _aliases.Where(alias => alias is { Kind: AliasKind.View, IsWhole: true, Node.Op: Carry or AssignVariable })];
        foreach (var state in graph.States.Where(_ => graph.Ties.Count > 0))
        {
            var reached = new HashSet<Value> { state.Value, state.Next };
            for (var before = 0; before < reached.Count;)
            {
                before = reached.Count;
                reached.UnionWith(copies.Where(alias => reached.Contains(alias.Inner)).Select(alias => alias.Outer));
                reached.UnionWith(graph.Ties.Where(tie => reached.Contains(tie.Value)).Select(tie => tie.Tied));
                reached.UnionWith(graph.Ties.Where(tie => reached.Contains(tie.Tied)).Select(tie => tie.Value));
            }

            Alias[] chain = [.. copies.Where(alias => reached.Contains(alias.Inner))];
            if (chain.Length > 1)
            {
                yield return chain;
            }
        }
    }

    private Result Greedy(IReadOnlyList<LoweredCall> calls, IEnumerable<IReadOnlyList<Alias>> trials)
    {
        var best = Measure(calls, new StorageGroups(_values));
        foreach (var state in KeptByControlFlow())
        {
            if (best.Groups.WithAll(state) is { } together && Measure(calls, together) is var next && next.Cost.CompareTo(best.Cost) < 0)
            {
                best = next;
            }
        }

        foreach (var trial in trials)
        {
            var groups = trial.Aggregate((StorageGroups?)best.Groups, (merged, alias) => merged?.With(alias));
            if (groups is not null && Measure(calls, groups) is var next && next.Cost.CompareTo(best.Cost) < 0)
            {
                best = next;
            }
        }

        return best;
    }

    private Result Measure(IReadOnlyList<LoweredCall> calls, StorageGroups groups)
    {
        var lifetimes = new Lifetimes(_values, calls, groups);
        var live = lifetimes.LiveBytes();
        return new Result(groups, lifetimes, (live.Max(), lifetimes.Steps.Count, live.Sum()));
    }

    private sealed record Result(StorageGroups Groups, Lifetimes Lifetimes, (long Peak, int Steps, long Total) Cost);
}
