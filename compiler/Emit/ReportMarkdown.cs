// SPDX-License-Identifier: MIT
using System.Text;
using TinyInfer.Compiler.Codegen;

namespace TinyInfer.Compiler.Emit;

/// <summary>The report of <c>compile</c> for people.</summary>
internal static class ReportMarkdown
{
    /// <param name="report">What is known of the model.</param>
    /// <param name="arenaMap">The arena map as text.</param>
    public static string Write(Report report, string arenaMap)
    {
        var text = new StringBuilder();

        text.Append($"# {report.Model}\n\n| what | |\n|---|---|\n");
        text.Append($"| multiply-accumulates | {report.Macs:N0} (nominal {report.NominalMacs:N0}) |\n");
        text.Append($"| arena | {report.ArenaBytes:N0} bytes ({Optimality(report)}) |\n");
        text.Append($"| persistent state | {report.StateBytes:N0} bytes |\n");
        text.Append($"| image | {report.ImageBytes:N0} bytes of flash |\n");
        Tensors(text, "input", report.Inputs);
        Tensors(text, "output", report.Outputs);

        text.Append("\n## Steps\n\n| # | operation | kernel | output | MACs | constants | layer |\n|---:|---|---|---|---:|---:|---|\n");
        foreach (var layer in report.Layers)
        {
            var shape = layer.Outputs.Count > 0 ? $"[{string.Join(",", layer.Outputs[0].Shape)}]" : "";
            text.Append($"| {layer.Index} | {Cell(layer.Op)} | {layer.Kernel} | {shape} | {layer.Macs:N0} | {layer.ConstantBytes:N0} | {Cell(layer.Name)} |\n");
        }

        if (report.Loops is { } loops)
        {
            text.Append("\n## Loops\n\n| loop | runs as |\n|---|---|\n");
            text.AppendJoin("", loops.Select(loop => $"| {Cell(loop.Name)} | {loop.RunsAs} |\n"));
        }

        foreach (var program in report.Programs)
        {
            Program(text, program);
        }

        Eliminations(text, [.. report.Layers.Where(layer => layer.Elimination is not null)]);
        text.Append($"\n## Arena\n\nAs a picture: [arena.svg](arena.svg).\n\n```\n{arenaMap}```\n");
        return text.ToString();
    }

    private static void Program(StringBuilder text, ReportProgram program)
    {
        text.Append($"\n## Generated code for {(program.Core == Core.CortexM7 ? "Cortex-M7" : "Cortex-M4")}\n\n");
        text.Append($"Arena {program.ArenaBytes:N0} bytes, state {program.StateBytes:N0}, code {program.CodeBytes:N0}, of which {program.HotBytes:N0} are copied to RAM where that is allowed; {program.PredictedCycles:N0} cycles. Cycles are predicted, without wait states; those of portable kernels are rough. Other choices of all kernels: [pareto.svg](pareto.svg).\n\n");
        text.Append("| # | operation | kernel | output stored | scratch | cycles | arithmetic | layer |\n|---:|---|---|---|---:|---:|---|---|\n");
        foreach (var step in program.Steps)
        {
            var kernel = step.Generated ? step.Kernel : $"{step.Kernel} (portable)";
            text.Append($"| {step.Index} | {Cell(step.Op)} | {kernel} | {step.Layout} | {step.ScratchBytes:N0} | {step.PredictedCycles:N0} | {Cell(step.Remark)} | {Cell(step.Name)} |\n");
        }

        HotParts(text, program.HotParts);
        Choices(text, program);
    }

    private static void HotParts(StringBuilder text, IReadOnlyList<ReportHotPart> parts)
    {
        if (parts.Count == 0)
        {
            return;
        }

        text.Append("\nLoops with pieces that could run from RAM. Cycles are what that saves behind flash with wait states and 64-bit lines, predicted.\n\n");
        text.Append("| steps | bytes of pieces | of a loop of | cycles | |\n|---|---:|---:|---:|---|\n");
        foreach (var part in parts)
        {
            text.Append($"| {string.Join(", ", part.Steps)} | {part.Bytes:N0} | {part.LoopBytes:N0} | {part.SavedCycles:N0} | {part.Why} |\n");
        }
    }

    // Steps that had a choice among generated kernels.
    private static void Choices(StringBuilder text, ReportProgram program)
    {
        text.Append("\nWhat each step could have been, by predicted cycles. In layouts that suit each best, so that the chosen one may look slower than one whose neighbours would lose more.\n\n");
        text.Append("| # | candidate | cycles | constants | scratch | |\n|---:|---|---:|---:|---:|---|\n");
        foreach (var step in program.Steps.Where(step => step.Generated || step.Candidates.Count > 1))
        {
            foreach (var choice in step.Candidates)
            {
                var (mark, why) = choice.Standing == Standing.Chosen ? ("**", $"chosen: {choice.Why}") : ("", choice.Why);
                text.Append($"| {step.Index} | {mark}{choice.Way}{mark} | {choice.Cycles:N0} | {choice.FlashBytes:N0} | {choice.ScratchBytes:N0} | {why} |\n");
            }
        }
    }

    private static string Optimality(Report report) =>
        report.ArenaBytes == report.ArenaLowerBound ? "optimal: equal to the live-tensor peak"
        : report.ArenaProvedOptimal ? $"proved optimal; live-tensor peak {report.ArenaLowerBound:N0}"
        : $"not proved optimal; live-tensor peak {report.ArenaLowerBound:N0}";

    private static void Eliminations(StringBuilder text, IReadOnlyList<ReportLayer> layers)
    {
        if (layers.Count == 0)
        {
            return;
        }

        text.Append("\n## Channels removed\n\nConstant: bounds on every channel, for all inputs there are, leave one value, which the next bias holds. Unread: only zero weights, or layers\n");
        text.Append("that are constant themselves, depend on it. No byte of any output changes.\n\n");
        text.Append("| # | input channels | output channels | constant | unread | MACs removed | bytes removed | layer |\n|---:|---:|---:|---:|---:|---:|---:|---|\n");
        foreach (var (layer, removed) in layers.Select(layer => (layer, layer.Elimination!)))
        {
            text.Append($"| {layer.Index} | {removed.InputChannels} -> {removed.InputChannelsLeft} | {removed.OutputChannels} -> {removed.OutputChannelsLeft} | {removed.ConstantChannels} ");
            text.Append($"| {removed.UnreadChannels} | {removed.Macs:N0} | {removed.Bytes:N0} | {Cell(layer.Name)} |\n");
        }
    }

    private static void Tensors(StringBuilder text, string role, IReadOnlyList<ReportTensor> tensors)
    {
        foreach (var tensor in tensors)
        {
            var scale = tensor.Scale is { } value ? FormattableString.Invariant($", real = {value:G9} * (stored - {tensor.ZeroPoint})") : "";
            text.Append($"| {role} `{Cell(tensor.Name)}` | {tensor.Type} [{string.Join(",", tensor.Shape)}] at {tensor.Region} {tensor.Offset}{scale} |\n");
        }
    }

    private static string Cell(string text) => text.Replace("|", "\\|").ReplaceLineEndings(" ");
}
