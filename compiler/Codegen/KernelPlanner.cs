// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Fusion;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Planning;

namespace TinyInfer.Compiler.Codegen;

/// <summary>
/// Chooses kernels for all cores of an image within RAM and flash. It begins with the fastest of everything; while that needs too much RAM,
/// the worst step does with less scratch; while the image is too large, the change that costs fewest cycles a byte is made, for all cores
/// together, because they share constants.
/// </summary>
internal sealed class KernelPlanner
{
    /// <summary>A part of all cycles that is not worth any RAM.</summary>
    private const int NextToNothing = 500;

    private readonly Graph _graph;
    private readonly Limits _limits;
    private readonly Aim _aim;
    private readonly IReadOnlyList<LayoutAssignment> _assignments;
    private readonly HashSet<Node> _kept = [];

    /// <param name="fileBytes">Of the .tflite file; 0: only what the user allows limits flash.</param>
    public KernelPlanner(Graph graph, IReadOnlyList<Core> cores, Goal goal, long fileBytes = 0, Limits? limits = null)
    {
        (_graph, _limits, _aim) = (graph, limits ?? new Limits(), Aim.Of(goal, graph, fileBytes > 0 ? fileBytes : long.MaxValue / 3));
        _assignments = [.. cores.Select(core => new LayoutAssignment(FusionSearch.Of(graph, core), core))];
        foreach (var (assignment, node) in _assignments.SelectMany(assignment => assignment.Nodes.Where(_ => !_aim.Constants).Select(node => (assignment, node))))
        {
            assignment.Forbid(node, Standing.Flash, candidate => candidate.Flash > 0);
        }

        FitRam();
    }

    /// <summary>As it stands; null for a core that nothing is generated for.</summary>
    public IReadOnlyList<CoreProgram?> Programs() => CoreProgram.Of(_assignments, _aim.HotRam(_limits));

    /// <summary>Programs whose image is as small as it must be.</summary>
    /// <param name="imageBytes">Of the image with these programs.</param>
    public IReadOnlyList<CoreProgram> Programs(Func<IReadOnlyList<CoreProgram>, int> imageBytes)
    {
        var (many, limit) = (true, _limits.Flash ?? _aim.Flash);
        for (; ; )
        {
            IReadOnlyList<CoreProgram> programs = [.. Programs().OfType<CoreProgram>()];
            IReadOnlyList<Action> restore = [.. _assignments.Select(assignment => assignment.Snapshot())];
            var bytes = imageBytes(programs);
            var excess = bytes - limit;
            var shrunk = excess > 0 ? Shrink(many ? excess : 1) : [];
            if (shrunk.Count == 0)
            {
                SpareRam();
                IReadOnlyList<CoreProgram> spared = [.. Programs().OfType<CoreProgram>()];
                return imageBytes(spared) <= Math.Max(bytes, limit) ? spared : programs;
            }

            // A limit of the user's comes before an aim of the goal's.
            if (!FitRam() && _limits is { Ram: not null, Flash: null })
            {
                many = false;
                _kept.UnionWith(shrunk.Count == 1 ? shrunk : []);
                foreach (var back in restore)
                {
                    back();
                }
            }
        }
    }

    // What buys next to nothing is given back.
    private void SpareRam()
    {
        foreach (var assignment in _assignments)
        {
            _ = FitRam(assignment, 0, assignment.Cycles + (assignment.Cycles / NextToNothing));
        }
    }

    private bool FitRam()
    {
        var limit = _aim.Ram > 0 && _limits.Ram is { } allowed ? allowed : _aim.Ram;
        var fits = true;
        foreach (var assignment in _assignments.Where(_ => limit < long.MaxValue))
        {
            fits &= FitRam(assignment, limit);
        }

        return fits;
    }

    // Steps give up scratch until the limit is met, as long as that costs no more than so many cycles in all.
    private bool FitRam(LayoutAssignment assignment, long limit, long mostCycles = long.MaxValue)
    {
        var least = long.MaxValue;
        Action restore = () => { };
        for (; ; )
        {
            var (schedule, origins) = assignment.Build();
            var live = LiveMemory.Of(schedule);
            var isDear = assignment.Cycles > mostCycles;
            if (live.Most < least && !isDear)
            {
                (least, restore) = (live.Most, assignment.Snapshot());
            }

            if (least <= limit)
            {
                return true;
            }

            // Less scratch is not always less memory: another kernel may not store over its input.
            if (isDear || !LessScratch(assignment, schedule, origins, live))
            {
                restore();
                return false;
            }
        }
    }

    // The worst step that can do with less gives it up.
    private bool LessScratch(LayoutAssignment assignment, Schedule schedule, IReadOnlyDictionary<Node, Node> origins, LiveMemory live) => live.Steps.Index()
        .Where(step => step.Item == live.Steps.Max())
        .Any(step => LessScratch(assignment, origins[schedule.Steps[step.Index].Node]));

    // Portable kernels are the last resort, where the user has set the limit.
    private bool LessScratch(LayoutAssignment assignment, Node node)
    {
        int Scratch(Candidate candidate) => candidate.Scratch + (candidate.StoresOverInput ? 0 : node.Outputs.Sum(output => output.ByteSize));
        var scratch = Scratch(assignment.Chosen(node));
        bool IsLess(Candidate candidate) => Scratch(candidate) < scratch && (_limits.Ram is not null || candidate.Family != PortableFamily.Name);
        return assignment.Allowed(node).Any(IsLess) && assignment.Forbid(node, Standing.Ram, candidate => Scratch(candidate) >= scratch);
    }

    /// <summary>
    /// The front of cycles and flash for one core: from the fastest of everything, each step gives up the bytes that cost fewest cycles,
    /// until the portable kernels alone are left.
    /// </summary>
    /// <param name="most">Points at most.</param>
    public static IReadOnlyList<FrontPoint> Front(Graph graph, Core core, int most)
    {
        var planner = new KernelPlanner(graph, [core], Goal.Latency, limits: new Limits(Flash: 0));
        var assignment = planner._assignments[0];
        var points = new List<(long Cycles, long Bytes, Action Restore)>();
        do
        {
            points.Add((assignment.Cycles, assignment.Nodes.Sum(node => planner.BytesOf(node, assignment.Chosen(node).Way)), assignment.Snapshot()));
        }
        while (planner.Shrink(1).Count > 0);

        var front = points.Where(point => !points.Any(other => other.Bytes <= point.Bytes && other.Cycles < point.Cycles)).ToArray();
        var shown = Enumerable.Range(0, Math.Min(most, front.Length)).Select(i => front[i * (front.Length - 1) / Math.Max(1, Math.Min(most, front.Length) - 1)]);
        return [.. shown.Distinct().Select(point => new FrontPoint(point.Cycles, point.Bytes, Ram(point.Restore)))];

        long Ram(Action restore)
        {
            restore();
            return LiveMemory.Of(assignment.Build().Schedule).Most;
        }
    }

    /// <summary>Where a program of this core stands beside <see cref="Front"/>.</summary>
    public static FrontPoint Point(CoreProgram program) => new(
        program.Choices.Values.Sum(choices => choices.First(choice => choice.Standing == Standing.Chosen).Cycles),
        program.Choices.Values.Sum(choices => choices.First(choice => choice.Standing == Standing.Chosen).Flash) + (program.Code?.Bytes.Length ?? 0),
        program.Ram);

    /// <summary>Gives up the least useful bytes until so many are saved, by prediction. Returns the nodes that have changed.</summary>
    private HashSet<Node> Shrink(long bytes)
    {
        var changed = new HashSet<Node>();
        while (bytes > 0 && Savings().MinBy(saving => saving.CyclesPerByte) is { } best)
        {
            foreach (var assignment in _assignments)
            {
                assignment.Forbid(best.Node, Standing.Flash, candidate => BytesOf(best.Node, candidate.Way) > best.Limit);
            }

            bytes -= best.Bytes;
            changed.Add(best.Node);
        }

        return changed;
    }

    private IEnumerable<Saving> Savings()
    {
        var isLimit = _limits.Flash is not null;
        return
            from node in _graph.Nodes // those that no core has fused: fused ops need no constants of their own
            where !_kept.Contains(node) && _assignments.All(assignment => assignment.Has(node))
            let now = _assignments.Select(assignment => assignment.Chosen(node)).ToArray()
            let bytes = now.Select(candidate => BytesOf(node, candidate.Way)).DefaultIfEmpty().Max()
            from way in _assignments.Take(1).SelectMany(first => first.Allowed(node)).Select(candidate => candidate.Way).Distinct()
            where isLimit || way != PortableFamily.Name || now.All(candidate => candidate.Family == PortableFamily.Name)
            let left = BytesOf(node, way)
            where left < bytes
            let cycles = _assignments.Zip(now, (assignment, chosen) => Best(assignment, node, way)?.Cost - chosen.Cost)
            where cycles.All(more => more is not null)
            select new Saving(node, bytes - left, left + ((bytes - left) / 4), cycles.Sum(more => (double)more!.Value) / (bytes - left));
    }

    private static Candidate? Best(LayoutAssignment assignment, Node node, string way) =>
        assignment.Allowed(node).Where(candidate => candidate.Way == way).MinBy(candidate => candidate.Cost);

    // Constants are there once for all cores, code for each.
    private long BytesOf(Node node, string way) => _assignments[0].Offered(node).FirstOrDefault(candidate => candidate.Way == way) is { } candidate
        ? candidate.Flash + _assignments.Sum(assignment => assignment.CodeBytes(node, way))
        : 0;

    /// <param name="Limit">Of bytes from now on: ways that are about as small stay.</param>
    private sealed record Saving(Node Node, long Bytes, long Limit, double CyclesPerByte);
}

/// <summary>A choice of kernels for all nodes.</summary>
/// <param name="Cycles">Predicted.</param>
/// <param name="Flash">Bytes of code, about, and of constants besides those of the model.</param>
/// <param name="Ram">Bytes of arena and state.</param>
internal sealed record FrontPoint(long Cycles, long Flash, long Ram);
