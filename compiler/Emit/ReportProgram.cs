// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Planning;

namespace TinyInfer.Compiler.Emit;

/// <summary>A model for one core, as reports show it. Sizes are bytes.</summary>
/// <param name="CodeBytes">Generated code.</param>
/// <param name="HotBytes">What of it is copied to RAM.</param>
/// <param name="PredictedCycles">Of all steps, without wait states.</param>
internal sealed record ReportProgram(Core Core, int ArenaBytes, int StateBytes, int CodeBytes, int HotBytes, long PredictedCycles, IReadOnlyList<ReportHotPart> HotParts, IReadOnlyList<ReportStep> Steps)
{
    public static ReportProgram Of(CoreProgram program) => new(
        program.Core,
        program.Plan.ArenaSize,
        program.Plan.RegionSizes.GetValueOrDefault(MemoryRegion.State),
        program.Code?.Bytes.Length ?? 0,
        program.HotBytes,
        KernelPlanner.Point(program).Cycles,
        [.. program.HotChoices.Select(choice => PartOf(program, choice))],
        [.. program.Schedule.Steps.Index().Select(item => StepOf(program, item.Index, item.Item))]);

    private static ReportStep StepOf(CoreProgram program, int index, Step step) => new(
        index,
        step.Node.Origin.Name,
        step.Node.Op.ToString(),
        step.Call.Kernel,
        step.Call.Routine is not null,
        string.Join(", ", step.Node.Outputs.Select(output => output.Layout).Distinct()),
        step.Call.Cycles,
        step.Call.Scratch,
        step.Call.Remark,
        [.. program.Choices.GetValueOrDefault(step.Node, []).Select(choice => new ReportChoice(choice.Way, choice.Cycles, choice.Flash, choice.Scratch, choice.Standing, Text(choice.Standing)))]);

    private static ReportHotPart PartOf(CoreProgram program, HotChoice choice) => new(
        [.. program.Schedule.Steps.Index().Where(step => step.Item.Call.Routine is { } routine && Routine.Closure([routine]).Any(used => used.HotParts.Contains(choice.Parts[0]))).Select(step => step.Index)],
        choice.PartBytes,
        choice.LoopBytes,
        choice.Saved,
        choice.Standing,
        choice.Standing switch
        {
            HotStanding.Chosen => $"in RAM: the loop is larger than the {CodeBlock.LineCache:N0} bytes that flash interfaces keep",
            HotStanding.Fits => "in flash: the loop is kept by the flash interface",
            HotStanding.Little => "in flash: too few cycles for so many bytes",
            _ => "in flash: RAM for it is not allowed (--optimize latency, --ram)",
        });

    private static string Text(Standing standing) => standing switch
    {
        Standing.Chosen => "fewest cycles of what fits",
        Standing.Ram => "its scratch does not fit the RAM",
        Standing.Flash => "its constants or code do not fit the flash",
        _ => "more cycles, its own or those of its neighbours",
    };
}

/// <summary>Pieces of a loop that could run from RAM.</summary>
/// <param name="LoopBytes">Of the loop around them.</param>
/// <param name="SavedCycles">Predicted, of one invocation from flash with wait states.</param>
internal sealed record ReportHotPart(IReadOnlyList<int> Steps, int Bytes, int LoopBytes, long SavedCycles, HotStanding Standing, string Why);

/// <param name="Generated">False: a portable kernel of the firmware.</param>
/// <param name="Layout">How the outputs are stored.</param>
/// <param name="PredictedCycles">Without wait states; null for portable kernels.</param>
/// <param name="Remark">The form of the arithmetic.</param>
/// <param name="Candidates">Fastest first.</param>
internal sealed record ReportStep(
    int Index, string Name, string Op, string Kernel, bool Generated, string Layout, long? PredictedCycles, int ScratchBytes, string Remark, IReadOnlyList<ReportChoice> Candidates);

/// <summary>A way to compute a step that the planner has looked at.</summary>
/// <param name="Cycles">Predicted, without wait states.</param>
/// <param name="FlashBytes">Constants besides those of the model.</param>
internal sealed record ReportChoice(string Way, long Cycles, long FlashBytes, int ScratchBytes, Standing Standing, string Why);
