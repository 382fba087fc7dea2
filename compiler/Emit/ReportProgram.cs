// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Planning;

namespace TinyInfer.Compiler.Emit;

/// <summary>A model for one core, as reports show it. Sizes are bytes.</summary>
/// <param name="CodeBytes">Generated code.</param>
internal sealed record ReportProgram(Core Core, int ArenaBytes, int StateBytes, int CodeBytes, IReadOnlyList<ReportStep> Steps)
{
    public static ReportProgram Of(CoreProgram program) => new(
        program.Core,
        program.Plan.ArenaSize,
        program.Plan.RegionSizes.GetValueOrDefault(MemoryRegion.State),
        program.Code?.Bytes.Length ?? 0,
        [.. program.Schedule.Steps.Index().Select(item => StepOf(item.Index, item.Item))]);

    private static ReportStep StepOf(int index, Step step) => new(
        index,
        step.Node.Origin.Name,
        step.Node.Op.ToString(),
        step.Call.Kernel,
        step.Call.Routine is not null,
        string.Join(", ", step.Node.Outputs.Select(output => output.Layout).Distinct()),
        step.Call.Cycles,
        step.Call.Scratch,
        step.Call.Remark);
}

/// <param name="Generated">False: a portable kernel of the firmware.</param>
/// <param name="Layout">How the outputs are stored.</param>
/// <param name="PredictedCycles">Without wait states; null for portable kernels.</param>
/// <param name="Remark">The form of the arithmetic.</param>
internal sealed record ReportStep(
    int Index, string Name, string Op, string Kernel, bool Generated, string Layout, long? PredictedCycles, int ScratchBytes, string Remark);
