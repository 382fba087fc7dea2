// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Planning;

namespace TinyInfer.Compiler.Codegen;

/// <summary>
/// A loop with pieces that could run from RAM, as the plan has judged it. A loop that is larger than the line cache waits for each of its lines in every round;
/// without some pieces, for none if the rest fits, else for those of the rest. Loops inside it are counted as if they fitted.
/// </summary>
/// <param name="Parts">The fewest bytes without which the rest fits, if that can be.</param>
/// <param name="LoopBytes">Of all of it.</param>
/// <param name="Saved">Cycles of one invocation behind flash with wait states and 64-bit lines, predicted; 0 when the loop fits as it is.</param>
internal sealed record HotChoice(IReadOnlyList<HotPart> Parts, int PartBytes, int LoopBytes, long Saved, HotStanding Standing)
{
    private const int LineBytes = 8;
    private const int LineWaits = 4;
    private const int CallCycles = 12;
    private const int CallBytes = 16;
    private const int LeastSavedPerByte = 7;

    /// <summary>Some instructions of a loop are for its last round only.</summary>
    private const int LargestLoop = CodeBlock.LineCache + LineBytes;

    /// <summary>Assembles with those pieces in front that are worth their RAM, the best first, as long as there is room.</summary>
    /// <param name="shared">Routines that the program of another core has too.</param>
    /// <param name="room">Bytes of RAM.</param>
    public static (CodeBlock Code, IReadOnlyList<HotChoice> Choices) Assemble(Schedule schedule, IReadOnlyList<Routine> routines, Core core, SharedRoutines shared, long room)
    {
        HotPart[] parts = core == Core.CortexM4 ? [.. Routine.Closure(routines).SelectMany(routine => routine.HotParts).Where(part => part.Loop.Length > 0)] : [];
        var sizes = parts.Length == 0 ? new Dictionary<string, int>() : Assembler.Measure(routines, core);
        var all = parts.GroupBy(part => part.Loop).Select(loop => Of([.. loop], sizes, part => StepsOf(schedule, part))).OrderByDescending(choice => (double)choice.Saved / choice.PartBytes).ToArray();

        var chosen = room > 0 ? all.Where(choice => choice.Standing == HotStanding.Chosen).ToList() : [];
        var code = Assembler.Assemble(routines, core, shared, Parts(chosen));
        while (code.HotBytes > room && chosen.Count > 0)
        {
            chosen.RemoveAt(chosen.Count - 1);
            code = Assembler.Assemble(routines, core, shared, Parts(chosen));
        }

        return (code, [.. all.Select(choice => choice.Standing != HotStanding.Chosen || chosen.Contains(choice) ? choice : choice with { Standing = HotStanding.Ram })]);

        static IReadOnlyList<HotPart> Parts(IEnumerable<HotChoice> choices) => [.. choices.SelectMany(choice => choice.Parts)];
    }

    private static HotChoice Of(HotPart[] pieces, IReadOnlyDictionary<string, int> sizes, Func<HotPart, int> steps)
    {
        var (loop, left, apart) = (sizes[pieces[0].Loop], pieces.OrderBy(part => sizes[part.Name]).ToList(), new List<HotPart>());
        var rest = loop;
        while (rest > LargestLoop && left.Count > 0)
        {
            // The smallest that is enough, or else the largest.
            var next = left.FirstOrDefault(part => rest - sizes[part.Name] + CallBytes <= LargestLoop) ?? left[^1];
            left.Remove(next);
            apart.Add(next);
            rest -= sizes[next.Name] - CallBytes;
        }

        IReadOnlyList<HotPart> chosen = apart.Count == 0 ? [left[0]] : apart;
        var bytes = chosen.Sum(part => sizes[part.Name]);
        var waits = (rest <= LargestLoop ? loop : loop - rest) / LineBytes * LineWaits;
        var saved = apart.Count == 0 ? 0 : (long)steps(pieces[0]) * pieces[0].Rounds * (waits - (apart.Count * CallCycles));
        return new HotChoice(chosen, bytes, loop, saved, apart.Count == 0 ? HotStanding.Fits : saved < (long)LeastSavedPerByte * bytes ? HotStanding.Little : HotStanding.Chosen);
    }

    private static int StepsOf(Schedule schedule, HotPart part) =>
        schedule.Steps.Where(step => step.Call.Routine is { } used && Routine.Closure([used]).Any(routine => routine.HotParts.Contains(part))).Sum(step => step.Node.Turns);
}

/// <summary>Why a piece of code runs from RAM or not.</summary>
internal enum HotStanding
{
    /// <summary>It is worth its RAM.</summary>
    Chosen,

    /// <summary>The loop around it fits the line cache with it.</summary>
    Fits,

    /// <summary>It would save too few cycles for its bytes.</summary>
    Little,

    /// <summary>The goal or the user does not allow the RAM.</summary>
    Ram,
}
