// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Planning;

namespace TinyInfer.Compiler.Codegen;

/// <summary>
/// Gives up scratch until a core's plan fits RAM: at each turn the worst step does with less. What the user allows, or the least there is where that is
/// the goal, is met at any price. An aim is not: of all plans on the way to it, the one with the least bytes times squared cycles is taken, so that
/// a percent of cycles buys two of RAM.
/// </summary>
internal sealed class RamFit(Limits limits, Aim aim)
{
    /// <summary>A part of all cycles that is not worth any RAM.</summary>
    private const int NextToNothing = 500;

    /// <summary>False when the user allows less than the plan needs now.</summary>
    public bool Fit(LayoutAssignment assignment)
    {
        var limit = aim.Ram == 0 ? 0 : limits.Ram ?? aim.Ram;
        var isPriced = aim.Ram > 0 && limits.Ram is null;
        return GiveUp(assignment, (bytes, cycles) => isPriced ? (double)bytes * cycles * cycles : bytes, (bytes, _) => bytes <= limit) <= (limits.Ram ?? long.MaxValue);
    }

    /// <summary>Gives up what buys next to nothing.</summary>
    public void Spare(LayoutAssignment assignment)
    {
        var most = assignment.Cycles + (assignment.Cycles / NextToNothing);
        GiveUp(assignment, (bytes, cycles) => cycles <= most ? bytes : double.PositiveInfinity, (_, cycles) => cycles > most);
    }

    // Ends with the plan of the least price, and returns its bytes. Less scratch is not always less memory: another kernel may not store over its input.
    private long GiveUp(LayoutAssignment assignment, Func<long, long, double> price, Func<long, long, bool> isEnough)
    {
        var (least, ram, restore) = (double.PositiveInfinity, 0L, assignment.Snapshot());
        for (; ; )
        {
            var (schedule, origins) = assignment.Build();
            var live = LiveMemory.Of(schedule);
            if (price(live.Most, assignment.Cycles) is var now && now < least)
            {
                (least, ram, restore) = (now, live.Most, assignment.Snapshot());
            }

            if (isEnough(live.Most, assignment.Cycles) || !LessScratch(assignment, schedule, origins, live))
            {
                restore();
                return ram;
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
        bool IsLess(Candidate candidate) => Scratch(candidate) < scratch && (limits.Ram is not null || candidate.Family != PortableFamily.Name);
        return assignment.Allowed(node).Any(IsLess) && assignment.Forbid(node, Standing.Ram, candidate => Scratch(candidate) >= scratch) is not null;
    }
}
