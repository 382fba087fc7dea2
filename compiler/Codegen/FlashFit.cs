// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Codegen;

/// <summary>
/// Gives up constants and code until an image fits flash: at each turn the change that costs fewest cycles a byte, for all cores together, because they
/// share constants.
/// </summary>
internal sealed class FlashFit(Graph graph, IReadOnlyList<LayoutAssignment> assignments, Limits limits)
{
    private readonly HashSet<Node> _kept = [];

    /// <summary>Leaves a node as it is from now on.</summary>
    public void Keep(Node node) => _kept.Add(node);

    /// <summary>Saves so many bytes, by prediction. Returns the nodes that have changed.</summary>
    public IReadOnlySet<Node> Save(long bytes)
    {
        var steps = new Stack<Step>();
        while (bytes > 0 && Next() is { } step)
        {
            bytes -= step.Saving.Bytes;
            steps.Push(step);
        }

        // The last step may save so much that others are not needed.
        var changed = new HashSet<Node>();
        foreach (var (saving, bans) in steps)
        {
            if (bytes + saving.Bytes > 0 || changed.Contains(saving.Node))
            {
                changed.Add(saving.Node);
                continue;
            }

            bytes += saving.Bytes;
            foreach (var (assignment, ban) in assignments.Zip(bans))
            {
                assignment.Lift(other => other == ban);
            }
        }

        return changed;
    }

    /// <summary>Makes the change that costs fewest cycles a byte. Returns the node, or null when nothing is left.</summary>
    public Node? SaveLeast() => Next()?.Saving.Node;

    /// <summary>Constants are there once for all cores, code for each.</summary>
    public long BytesOf(Node node, string way) => assignments[0].Offered(node).FirstOrDefault(candidate => candidate.Way == way) is { } candidate
        ? candidate.Flash + assignments.Sum(assignment => assignment.CodeBytes(node, way))
        : 0;

    // A node of which nothing can be forbidden is left alone, so that every step forbids something.
    private Step? Next()
    {
        while (Savings().MinBy(saving => saving.Cycles / saving.Bytes) is { } best)
        {
            var step = new Step(best, [.. assignments.Select(assignment => assignment.Forbid(best.Node, Standing.Flash, candidate => BytesOf(best.Node, candidate.Way) > best.Limit))]);
            if (step.Bans.Any(ban => ban is not null))
            {
                return step;
            }

            Keep(best.Node);
        }

        return null;
    }

    private IEnumerable<Saving> Savings()
    {
        var isLimit = limits.Flash is not null;
        return
            from node in graph.Nodes // those that no core has fused: fused ops need no constants of their own
            where !_kept.Contains(node) && assignments.All(assignment => assignment.Has(node))
            let now = assignments.Select(assignment => assignment.Chosen(node)).ToArray()
            let bytes = now.Select(candidate => BytesOf(node, candidate.Way)).DefaultIfEmpty().Max()
            from way in assignments.Take(1).SelectMany(first => first.Allowed(node)).Select(candidate => candidate.Way).Distinct()
            where isLimit || way != PortableFamily.Name || now.All(candidate => candidate.Family == PortableFamily.Name)
            let left = BytesOf(node, way)
            where left < bytes
            let cycles = assignments.Zip(now, (assignment, chosen) => Best(assignment, node, way)?.Cost - chosen.Cost)
            where cycles.All(more => more is not null)
            select new Saving(node, bytes - left, left + ((bytes - left) / 4), cycles.Sum(more => (double)more!.Value));
    }

    private static Candidate? Best(LayoutAssignment assignment, Node node, string way) =>
        assignment.Allowed(node).Where(candidate => candidate.Way == way).MinBy(candidate => candidate.Cost);

    /// <param name="Limit">Of bytes from now on: ways that are about as small stay.</param>
    /// <param name="Cycles">That it costs, with lines of flash.</param>
    private sealed record Saving(Node Node, long Bytes, long Limit, double Cycles);

    /// <param name="Bans">For each core; null where nothing had to be forbidden.</param>
    private sealed record Step(Saving Saving, IReadOnlyList<Ban?> Bans);
}
