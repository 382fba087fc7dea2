// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Convolution;

/// <summary>
/// The sums of two pixels by four channels: all groups of all runs, straight where they are few, else in rounds of as many as
/// <paramref name="most"/> allows: several runs, one run, or part of one. Input at r12, expanded weights at lr, sums in r0-r7.
/// </summary>
/// <param name="runEnd">Of a loop: where the weights of its last round end.</param>
/// <param name="blockEnd">Holds where the weights of all runs end.</param>
/// <param name="most">Groups of straight code, what follows the loop included.</param>
internal sealed class ConvolutionSums(ThumbWriter w, ConvolutionShape shape, IConvolutionSchedule schedule, Fp runEnd, Fp blockEnd, int most)
{
    private const int GroupBytes = 32;
    private const int FewestUnrolled = 2;

    private int All => shape.Runs * shape.Groups;

    private int PixelStep => shape.Pixels == 1 ? 0 : shape.PixelStep;

    private bool IsStraight => All <= most && Reaches(shape.Runs) && shape.LimitedAfter == 0;

    /// <summary>Whole runs stand in the loop.</summary>
    private bool IsInRuns => shape.Groups <= most && shape.LimitedAfter == 0;

    /// <summary>Emits what is done once a block.</summary>
    /// <param name="block">Holds the address of the expanded weights.</param>
    public void StartBlock(Fp block)
    {
        if (!IsStraight && (shape.Runs == 1 || IsInRuns))
        {
            w.Vmov(R(10), block);
            EndAfter(R(10), IsInRuns ? shape.Runs / RunsTogether() * RunsTogether() * shape.Groups : LoopedGroups());
        }
    }

    /// <returns>How far r12 has moved.</returns>
    public int Emit() =>
        IsStraight ? Straight(Runs(shape.Runs))
        : IsInRuns ? InRuns(RunsTogether())
        : shape.Runs == 1 ? OneRun()
        : RunByRun();

    private int Straight(IReadOnlyList<Group> groups)
    {
        if (groups.Count > 0)
        {
            schedule.Start(w, groups[0]);
            Groups(groups, after: null);
        }

        return 0;
    }

    // Rounds of whole runs.
    private int InRuns(int together)
    {
        var rounds = shape.Runs / together;
        var loop = w.Loop();
        Straight(Runs(together));
        w.Add(R(14), R(14), together * shape.Groups * GroupBytes, R(8));
        w.Add(R(12), R(12), together * shape.RunStep, R(8));
        Loop(loop, runEnd, R(8));
        Straight(Runs(shape.Runs % together));
        return rounds * together * shape.RunStep;
    }

    private int RunByRun()
    {
        var run = w.Loop();
        EndAfter(R(14), LoopedGroups());
        var moved = OneRun();
        w.Add(R(14), R(14), (shape.Groups - LoopedGroups()) * GroupBytes, R(8));
        w.Add(R(12), R(12), shape.RunStep - moved, R(8));
        if (shape.LimitedAfter > 0)
        {
            Limit();
        }

        Loop(run, blockEnd, R(8));
        return shape.Runs * shape.RunStep;
    }

    private void Limit()
    {
        var other = w.NewLabel();
        w.Vmov(R(8), blockEnd);
        w.Add(R(8), R(8), -(shape.Runs - shape.LimitedAfter) * shape.Groups * GroupBytes, R(9));
        w.Cmp(R(14), R(8));
        w.Branch("ne", other);
        for (var sum = 0; sum < 8; sum++)
        {
            w.Saturate(R(sum), LargeSums.Bits);
        }

        w.Label(other);
    }

    // Rounds of a part of a run. What overlaps, and the last group of a schedule that loads ahead, stands behind the loop.
    private int OneRun()
    {
        var unrolled = Unrolled();
        var moved = LoopedGroups();
        schedule.Start(w, At(0, 0));
        var loop = w.Loop();
        var next = schedule.LoadsAhead ? At(4 * unrolled, unrolled * GroupBytes) : (Group?)null;
        Groups([.. Enumerable.Range(0, unrolled).Select(i => At(4 * i, i * GroupBytes))], next);
        w.Add(R(14), R(14), unrolled * GroupBytes, R(11));
        w.Add(R(12), R(12), 4 * unrolled, R(11));
        Loop(loop, runEnd, R(11));
        Groups([.. Enumerable.Range(moved, shape.Groups - moved).Select(g => At(shape.GroupOffset(g) - (4 * moved), (g - moved) * GroupBytes))], after: null);
        return 4 * moved;
    }

    private int LoopedGroups() => LoopableGroups / Unrolled() * Unrolled();

    private int LoopableGroups => shape.Groups - (schedule.LoadsAhead ? 1 : 0) - (shape.Overlap > 0 ? 1 : 0);

    // As few rounds as possible, then as little code.
    private int Unrolled() => Enumerable.Range(FewestUnrolled, most - FewestUnrolled + 1)
        .Where(unrolled => unrolled + shape.Groups - (LoopableGroups / unrolled * unrolled) <= most)
        .OrderBy(unrolled => LoopableGroups / unrolled)
        .ThenBy(unrolled => unrolled - (LoopableGroups / unrolled * unrolled))
        .First();

    private int RunsTogether() => Enumerable.Range(1, Math.Max(1, most / shape.Groups))
        .Where(runs => runs == 1 || ((runs + (shape.Runs % runs)) * shape.Groups <= most && Reaches(runs)))
        .MinBy(runs => shape.Runs / runs);

    private bool Reaches(int runs) => ((runs - 1) * shape.RunStep) + shape.RunBytes + PixelStep <= LargestOffset;

    private void Loop(string loop, Fp end, Reg spare)
    {
        w.Vmov(spare, end);
        w.Cmp(R(14), spare);
        w.Branch("ne", loop);
    }

    private void EndAfter(Reg weights, int groups)
    {
        w.Add(R(8), weights, groups * GroupBytes, R(9));
        w.Vmov(runEnd, R(8));
    }

    private IReadOnlyList<Group> Runs(int runs) =>
        [.. Enumerable.Range(0, runs * shape.Groups).Select(i => At((i / shape.Groups * shape.RunStep) + shape.GroupOffset(i % shape.Groups), i * GroupBytes))];

    private void Groups(IReadOnlyList<Group> groups, Group? after)
    {
        foreach (var (index, group) in groups.Index())
        {
            schedule.Emit(w, group, index + 1 < groups.Count ? groups[index + 1] : after);
        }
    }

    private Group At(int input, int weights) => new(input, weights, PixelStep, shape.FlipsInput);
}
