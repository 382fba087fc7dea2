// SPDX-License-Identifier: MIT
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
    private readonly Graph _graph;
    private readonly Limits _limits;
    private readonly Aim _aim;
    private readonly IReadOnlyList<LayoutAssignment> _assignments;

    /// <param name="fileBytes">Of the .tflite file; 0: only what the user allows limits flash.</param>
    public KernelPlanner(Graph graph, IReadOnlyList<Core> cores, Goal goal, long fileBytes = 0, Limits? limits = null)
    {
        (_graph, _limits, _aim) = (graph, limits ?? new Limits(), Aim.Of(goal, graph, fileBytes > 0 ? fileBytes : long.MaxValue / 3));
        _assignments = [.. cores.Select(core => new LayoutAssignment(graph, core))];
        foreach (var (assignment, node) in _assignments.SelectMany(assignment => graph.Nodes.Where(_ => !_aim.Constants).Select(node => (assignment, node))))
        {
            assignment.Forbid(node, Standing.Flash, candidate => candidate.Flash > 0);
        }

        FitRam();
    }

    /// <summary>As it stands; null for a core that nothing is generated for.</summary>
    public IReadOnlyList<CoreProgram?> Programs() => [.. _assignments.Select(CoreProgram.Of)];

    /// <summary>Programs whose image is as small as it must be.</summary>
    /// <param name="imageBytes">Of the image with these programs.</param>
    public IReadOnlyList<CoreProgram> Programs(Func<IReadOnlyList<CoreProgram>, int> imageBytes)
    {
        for (; ; )
        {
            IReadOnlyList<CoreProgram> programs = [.. Programs().OfType<CoreProgram>()];
            var excess = imageBytes(programs) - (_limits.Flash ?? _aim.Flash);
            if (excess <= 0 || !Shrink(excess))
            {
                return programs;
            }

            FitRam();
        }
    }

    private void FitRam()
    {
        var limit = _aim.Ram > 0 && _limits.Ram is { } allowed ? allowed : _aim.Ram;
        foreach (var assignment in _assignments)
        {
            while (limit < long.MaxValue && LessScratch(assignment, limit))
            {
            }
        }
    }

    // The worst step that can do with less gives it up. False when the limit is met or nothing can be done.
    private bool LessScratch(LayoutAssignment assignment, long limit)
    {
        var (schedule, origins) = assignment.Build();
        var live = LiveMemory.Of(schedule);
        return live.Most > limit && live.Steps.Index()
            .Where(step => step.Item + live.State > limit && step.Item == live.Steps.Max())
            .Any(step => LessScratch(assignment, origins[schedule.Steps[step.Index].Node], schedule.Steps[step.Index].Call.Scratch));
    }

    // Portable kernels are the last resort, where the user has set the limit.
    private bool LessScratch(LayoutAssignment assignment, Node node, int scratch)
    {
        bool IsLess(Candidate candidate) => candidate.Scratch < scratch && (_limits.Ram is not null || candidate.Family != PortableFamily.Name);
        return assignment.Allowed(node).Any(IsLess) && assignment.Forbid(node, Standing.Ram, candidate => candidate.Scratch >= scratch);
    }

    /// <summary>Gives up the least useful bytes until so many are saved, by prediction. False when there is nothing to give up.</summary>
    private bool Shrink(long bytes)
    {
        var done = false;
        while (bytes > 0 && Savings().MinBy(saving => saving.CyclesPerByte) is { } best)
        {
            foreach (var assignment in _assignments)
            {
                assignment.Forbid(best.Node, Standing.Flash, candidate => BytesOf(best.Node, candidate.Way) > best.Limit);
            }

            bytes -= best.Bytes;
            done = true;
        }

        return done;
    }

    private IEnumerable<Saving> Savings()
    {
        var isLimit = _limits.Flash is not null;
        return
            from node in _graph.Nodes
            let now = _assignments.Select(assignment => assignment.Chosen(node)).ToArray()
            let bytes = now.Select(candidate => BytesOf(node, candidate.Way)).DefaultIfEmpty().Max()
            from way in _assignments.Take(1).SelectMany(first => first.Allowed(node)).Select(candidate => candidate.Way).Distinct()
            where isLimit || way != PortableFamily.Name || now.All(candidate => candidate.Family == PortableFamily.Name)
            let left = BytesOf(node, way)
            where left < bytes
            let cycles = _assignments.Zip(now, (assignment, chosen) => Best(assignment, node, way)?.Cycles - chosen.Cycles)
            where cycles.All(more => more is not null)
            select new Saving(node, bytes - left, left + ((bytes - left) / 4), cycles.Sum(more => (double)more!.Value) / (bytes - left));
    }

    private static Candidate? Best(LayoutAssignment assignment, Node node, string way) =>
        assignment.Allowed(node).Where(candidate => candidate.Way == way).MinBy(candidate => candidate.Cycles);

    // Constants are there once for all cores, code for each.
    private long BytesOf(Node node, string way) => _assignments[0].Offered(node).FirstOrDefault(candidate => candidate.Way == way) is { } candidate
        ? candidate.Flash + _assignments.Sum(assignment => assignment.CodeBytes(node, way))
        : 0;

    /// <param name="Limit">Of bytes from now on: ways that are about as small stay.</param>
    private sealed record Saving(Node Node, long Bytes, long Limit, double CyclesPerByte);
}
