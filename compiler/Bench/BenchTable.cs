// SPDX-License-Identifier: MIT
using System.Text;
using TinyInfer.Compiler.Profiling;

namespace TinyInfer.Compiler.Bench;

/// <summary>The measured models as Markdown, each beside the baseline.</summary>
internal static class BenchTable
{
    public static string Write(IReadOnlyList<BenchRow> rows, Baselines baselines)
    {
        var text = new StringBuilder("# Bench\n\nMade by `dotnet build nf.proj -t:Bench`; do not edit. ");
        text.Append("Cycles are estimates by the cycle model (its error: [emulator/cyclemodel](../emulator/cyclemodel/README.md)), not silicon: one warm invocation, memories without wait states. ");
        text.Append($"\"of\" is our figure divided by that of {baselines.Engine}, measured under the same model of the cores. Arena and code in bytes.\n\n");
        text.Append("| model | MMAC | M4 cycles | cycles/MAC | of | M7 cycles | cycles/MAC | of | arena | of | stack | image | code | of |\n");
        text.Append("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");

        foreach (var row in rows.Where(row => row.Refusal is null))
        {
            var (m4, m7) = (row.M4!, row.M7!);
            var (base4, base7) = (baselines.Of(row.Model, "m4"), baselines.Of(row.Model, "m7"));
            text.Append(FormattableString.Invariant($"| {row.Model} | {m4.Macs / 1e6:0.000} | {m4.Cycles:N0} | {PerMac(m4)} | {Ratio(m4.Cycles, base4?.Cycles)} "));
            text.Append(FormattableString.Invariant($"| {m7.Cycles:N0} | {PerMac(m7)} | {Ratio(m7.Cycles, base7?.Cycles)} "));
            text.Append(FormattableString.Invariant($"| {m4.ArenaBytes:N0} | {Ratio(m4.ArenaBytes, base4?.ArenaBytes)} | {m4.StackBytes:N0} | {m4.ImageBytes:N0} | {m4.CodeBytes:N0} | {Ratio(m4.CodeBytes, base4?.CodeBytes)} |\n"));
        }

        text.Append("\n## Not measured\n\n");
        foreach (var row in rows.Where(row => row.Refusal is not null))
        {
            text.Append($"- {row.Model}: {row.Refusal}\n");
        }

        return text.ToString();
    }

    private static string PerMac(Profile profile) =>
        profile.Macs == 0 ? "" : FormattableString.Invariant($"{(double)profile.Cycles / profile.Macs:0.00}");

    private static string Ratio(long ours, long? theirs) =>
        theirs is > 0 ? FormattableString.Invariant($"{(double)ours / theirs.Value:0.00}") : "";
}
