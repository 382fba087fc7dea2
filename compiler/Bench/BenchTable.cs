// SPDX-License-Identifier: MIT
using System.Text;
using TinyInfer.Compiler.Profiling;

namespace TinyInfer.Compiler.Bench;

/// <summary>The measured models as Markdown, each beside the baseline.</summary>
internal static class BenchTable
{
    public static string Write(IReadOnlyList<BenchRow> rows, Baselines baselines, string goal)
    {
        var text = new StringBuilder("# Bench\n\nMade by `dotnet build nf.proj -t:Bench`; do not edit. ");
        text.Append("Cycles are estimates by the cycle model (its error: [emulator/cyclemodel](../emulator/cyclemodel/README.md)), not silicon: one warm invocation. ");
        text.Append($"\"of\" is our figure divided by that of {baselines.Engine}, measured under the same model of the cores without wait states. Sizes in bytes; goal: {goal}.\n");

        Cycles(text, rows, baselines);
        Memory(text, rows, baselines);
        Timings(text, rows);
        Layers(text, rows);

        text.Append("\n## Not measured\n\n");
        foreach (var row in rows.Where(row => row.Refusal is not null))
        {
            text.Append($"- {row.Model}: {row.Refusal}\n");
        }

        return text.ToString();
    }

    private static void Cycles(StringBuilder text, IReadOnlyList<BenchRow> rows, Baselines baselines)
    {
        text.Append("\n## Cycles, no wait states\n\n| model | MMAC | M4 | cycles/MAC | of | M7 | cycles/MAC | of |\n|---|---:|---:|---:|---:|---:|---:|---:|\n");
        foreach (var row in Measured(rows))
        {
            text.Append(FormattableString.Invariant($"| {row.Model} | {row.M4.Macs / 1e6:0.000} "));
            text.Append(FormattableString.Invariant($"| {row.M4.Cycles:N0} | {PerMac(row.M4)} | {Ratio(row.M4.Cycles, baselines.Of(row.Model, "m4")?.Cycles)} "));
            text.Append(FormattableString.Invariant($"| {row.M7.Cycles:N0} | {PerMac(row.M7)} | {Ratio(row.M7.Cycles, baselines.Of(row.Model, "m7")?.Cycles)} |\n"));
        }
    }

    private static void Memory(StringBuilder text, IReadOnlyList<BenchRow> rows, Baselines baselines)
    {
        text.Append("\n## RAM and flash on Cortex-M4\n\n| model | arena | of | state | stack | image | code | of |\n|---|---:|---:|---:|---:|---:|---:|---:|\n");
        foreach (var row in Measured(rows))
        {
            var (m4, baseline) = (row.M4, baselines.Of(row.Model, "m4"));
            text.Append(FormattableString.Invariant($"| {row.Model} | {m4.ArenaBytes:N0} | {Ratio(m4.ArenaBytes, baseline?.ArenaBytes)} | {m4.RamBytes.State:N0} "));
            text.Append(FormattableString.Invariant($"| {m4.StackBytes:N0} | {m4.ImageBytes:N0} | {m4.CodeBytes:N0} | {Ratio(m4.CodeBytes, baseline?.CodeBytes)} |\n"));
        }
    }

    private static void Timings(StringBuilder text, IReadOnlyList<BenchRow> rows)
    {
        text.Append($"\n## Cycles by kind of flash\n\n| model |{string.Concat(FlashTiming.All.Select(timing => $" {timing.Name} |"))}\n|---|{string.Concat(FlashTiming.All.Select(_ => "---:|"))}\n");
        foreach (var row in Measured(rows))
        {
            text.Append(FormattableString.Invariant($"| {row.Model} |"));
            foreach (var profile in row.Profiles)
            {
                text.Append(FormattableString.Invariant($" {profile.Cycles:N0} |"));
            }

            text.Append('\n');
        }
    }

    private static void Layers(StringBuilder text, IReadOnlyList<BenchRow> rows)
    {
        text.Append("\n## Layers\n");
        foreach (var row in Measured(rows))
        {
            text.Append($"\n<details><summary>{row.Model}</summary>\n\n| # | operation | kernel | MAC | M4 | cycles/MAC | M7 | cycles/MAC |\n|---:|---|---|---:|---:|---:|---:|---:|\n");
            for (var i = 0; i < Math.Max(row.M4.Layers.Count, row.M7.Layers.Count); i++)
            {
                var (m4, m7) = (row.M4.Layers.ElementAtOrDefault(i), row.M7.Layers.ElementAtOrDefault(i));
                var named = m4 ?? m7!;
                text.Append(FormattableString.Invariant($"| {i} | {named.Op} | {named.Kernel} | {named.Macs:N0} | {m4?.Cycles:N0} | {PerMac(m4)} | {m7?.Cycles:N0} | {PerMac(m7)} |\n"));
            }

            text.Append("\n</details>\n");
        }
    }

    private static IEnumerable<BenchRow> Measured(IReadOnlyList<BenchRow> rows) => rows.Where(row => row.Refusal is null);

    private static string PerMac(Profile profile) => PerMac(profile.Cycles, profile.Macs);

    private static string PerMac(ProfileLayer? layer) => layer is null ? "" : PerMac(layer.Cycles, layer.Macs);

    private static string PerMac(long cycles, long macs) => macs == 0 ? "" : FormattableString.Invariant($"{(double)cycles / macs:0.00}");

    private static string Ratio(long ours, long? theirs) =>
        theirs is > 0 ? FormattableString.Invariant($"{(double)ours / theirs.Value:0.00}") : "";
}
