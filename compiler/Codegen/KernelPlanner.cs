// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Fusion;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Planning;

namespace TinyInfer.Compiler.Codegen;

/// <summary>
/// Chooses kernels for all cores of an image within RAM and flash. It begins with the fastest of everything and gives up scratch (<see cref="RamFit"/>), then
/// constants and code (<see cref="FlashFit"/>). Whenever those have changed kernels, RAM is fitted anew from the fastest that they leave.
/// </summary>
internal sealed class KernelPlanner
{
    private readonly Limits _limits;
    private readonly Aim _aim;
    private readonly IReadOnlyList<LayoutAssignment> _assignments;
    private readonly RamFit _ram;
    private readonly FlashFit _flash;
    private readonly bool _fits;

    /// <param name="fileBytes">Of the .tflite file; 0: only what the user allows limits flash.</param>
    public KernelPlanner(Graph graph, IReadOnlyList<Core> cores, Goal goal, long fileBytes = 0, Limits? limits = null)
    {
        (_limits, _aim) = (limits ?? new Limits(), Aim.Of(goal, graph, fileBytes > 0 ? fileBytes : long.MaxValue / 3));
        _assignments = [.. cores.Select(core => new LayoutAssignment(FusionSearch.Of(graph, core), core))];
        (_ram, _flash) = (new RamFit(_limits, _aim), new FlashFit(graph, _assignments, _limits));
        foreach (var (assignment, node) in _assignments.SelectMany(assignment => assignment.Nodes.Where(_ => !_aim.Constants).Select(node => (assignment, node))))
        {
            assignment.Forbid(node, Standing.Flash, candidate => candidate.Flash > 0);
        }

        _fits = FitRam();
    }

    /// <summary>As it stands; null for a core that nothing is generated for.</summary>
    public IReadOnlyList<CoreProgram?> Programs() => CoreProgram.Of(_assignments, _aim.HotRam(_limits));

    /// <summary>Programs whose image is as small as it must be.</summary>
    /// <param name="imageBytes">Of the image with these programs.</param>
    public IReadOnlyList<CoreProgram> Programs(Func<IReadOnlyList<CoreProgram>, int> imageBytes)
    {
        // Each turn forbids something for good, or keeps it for good, or is the one after which turns are single steps.
        var (many, limit) = (true, _limits.Flash ?? _aim.Flash);
        for (; ; )
        {
            IReadOnlyList<CoreProgram> programs = [.. Programs().OfType<CoreProgram>()];
            IReadOnlyList<Action> restore = [.. _assignments.Select(assignment => assignment.Snapshot())];
            var (bytes, portable) = (imageBytes(programs), Portable);
            IReadOnlyCollection<Node> changed = bytes <= limit || !_fits ? [] : many ? _flash.Save(bytes - limit) : [.. new[] { _flash.SaveLeast() }.OfType<Node>()];
            if (changed.Count == 0)
            {
                SpareRam();
                IReadOnlyList<CoreProgram> spared = [.. Programs().OfType<CoreProgram>()];
                return imageBytes(spared) <= Math.Max(bytes, limit) ? spared : programs;
            }

            // RAM that the user allows comes before flash, and no aim is worth a portable kernel.
            if (!FitRam() || (_limits.Flash is null && Portable > portable))
            {
                foreach (var node in changed.Where(_ => !many))
                {
                    _flash.Keep(node);
                }

                many = false;
                foreach (var back in restore)
                {
                    back();
                }
            }
        }
    }

    private int Portable => _assignments.Sum(assignment => assignment.Nodes.Count(node => assignment.Chosen(node).Family == PortableFamily.Name));

    // What buys next to nothing is given back.
    private void SpareRam()
    {
        foreach (var assignment in _assignments)
        {
            _ram.Spare(assignment);
        }
    }

    private bool FitRam()
    {
        var fits = true;
        foreach (var assignment in _assignments)
        {
            assignment.Lift(ban => ban.Reason == Standing.Ram);
            fits &= _ram.Fit(assignment);
        }

        return fits;
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
            points.Add((assignment.Cycles, assignment.Nodes.Sum(node => planner._flash.BytesOf(node, assignment.Chosen(node).Way)), assignment.Snapshot()));
        }
        while (planner._flash.SaveLeast() is not null);

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
}

/// <summary>A choice of kernels for all nodes.</summary>
/// <param name="Cycles">Predicted.</param>
/// <param name="Flash">Bytes of code, about, and of constants besides those of the model.</param>
/// <param name="Ram">Bytes of arena and state.</param>
internal sealed record FrontPoint(long Cycles, long Flash, long Ram);
