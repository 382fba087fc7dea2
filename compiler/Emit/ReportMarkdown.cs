// SPDX-License-Identifier: MIT
using System.Text;

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
        text.Append($"| multiply-accumulates | {report.Macs:N0} |\n");
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

        text.Append($"\n## Arena\n\nAs a picture: [arena.svg](arena.svg).\n\n```\n{arenaMap}```\n");
        return text.ToString();
    }

    private static string Optimality(Report report) =>
        report.ArenaBytes == report.ArenaLowerBound ? "optimal: equal to the live-tensor peak"
        : report.ArenaProvedOptimal ? $"proved optimal; live-tensor peak {report.ArenaLowerBound:N0}"
        : $"not proved optimal; live-tensor peak {report.ArenaLowerBound:N0}";

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
