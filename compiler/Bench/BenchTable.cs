// SPDX-License-Identifier: MIT
using System.Text;
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Profiling;

namespace TinyInfer.Compiler.Bench;

/// <summary>The measured models as Markdown, each beside the baseline; layers are files of their own.</summary>
internal static class BenchTable
{
    private const string Preface = """
        # Bench

        Made by `dotnet build nf.proj -t:Bench`; do not edit. The numbers as data: [bench/bench.json](bench/bench.json).

        **Estimates, not silicon.** Cycles are those of the [cycle model](../emulator/cyclemodel/README.md) for one warm invocation. Against published measurements the
        model is within 2 % for assembly on a Cortex-M4 without wait states, -4.7 to -0.2 % for int8 networks on an STM32L4R5 with its flash fitted, +0.1 to +2.0 % on a
        Cortex-M7 from tightly coupled memory and -3.8 to +0.7 % for int8 networks through its caches; other settings of the L4R5's flash move networks that stream
        weights by up to -18.5 %. Differences below 1 % (M4) or 2 % (M7) mean nothing.


        """;

    public static string Write(IReadOnlyList<BenchRow> rows, Baselines baselines)
    {
        var text = new StringBuilder(Preface);
        text.Append($"\"of\" is our figure divided by that of {baselines.Engine}, measured under the same model of the cores without wait states. Sizes in bytes.\n");
        foreach (var goal in BenchRow.Goals)
        {
            BenchRow[] measured = [.. rows.Where(row => row.Goal == goal && row.Refusal is null)];
            var name = NameOf(goal);
            text.Append($"\n## `--optimize {name}`{(goal == default ? ", the default" : "")}\n\n{Summary(measured, baselines)}\n\n![cycles beside the baseline](bench/ratio-{name}.svg)\n");
            Cycles(text, measured, baselines);
            Memory(text, measured, baselines);
            Timings(text, measured);
            text.Append($"\nEach layer: [bench/layers-{name}.md](bench/layers-{name}.md)\n");
        }

        text.Append("\n## Not measured\n\n");
        foreach (var row in rows.Where(row => row.Refusal is not null).DistinctBy(row => row.Model))
        {
            text.Append($"- {row.Model}: {row.Refusal}\n");
        }

        return text.ToString();
    }

    /// <summary>Cycles of each layer of each model for one goal.</summary>
    public static string Layers(IReadOnlyList<BenchRow> rows, Goal goal)
    {
        var text = new StringBuilder($"# Layers, `--optimize {NameOf(goal)}`\n\nMade by `dotnet build nf.proj -t:Bench`; do not edit. Estimates without wait states, as [../BENCH.md](../BENCH.md) explains.\n");
        foreach (var row in rows.Where(row => row.Goal == goal && row.Refusal is null))
        {
            text.Append($"\n## {row.Model}\n\n![cycles of each layer]({ChartOf(row)})\n\n| # | operation | kernel | MAC | M4 | cycles/MAC | M7 | cycles/MAC |\n|---:|---|---|---:|---:|---:|---:|---:|\n");
            for (var i = 0; i < Math.Max(row.M4.Layers.Count, row.M7.Layers.Count); i++)
            {
                var (m4, m7) = (row.M4.Layers.ElementAtOrDefault(i), row.M7.Layers.ElementAtOrDefault(i));
                var named = m4 ?? m7!;
                text.Append(FormattableString.Invariant($"| {i} | {named.Op} | {named.Kernel} | {named.Macs:N0} | {m4?.Cycles:N0} | {PerMac(m4)} | {m7?.Cycles:N0} | {PerMac(m7)} |\n"));
            }
        }

        return text.ToString();
    }

    /// <summary>The file name of the picture of a model's layers.</summary>
    public static string ChartOf(BenchRow row) => $"{row.Model.Replace('/', '-')}-{NameOf(row.Goal)}.svg";

    public static string NameOf(Goal goal) => goal.ToString().ToLowerInvariant();

    /// <summary>Ours divided by theirs, or null where they have no figure.</summary>
    public static double? RatioOf(Profile profile, Baselines.Cost? baseline) => baseline is { Cycles: > 0 } ? (double)profile.Cycles / baseline.Cycles : null;

    private static string Summary(IReadOnlyList<BenchRow> rows, Baselines baselines)
    {
        string Of(string core, Func<BenchRow, Profile> profile)
        {
            var ratios = rows.Select(row => (row.Model, Ratio: RatioOf(profile(row), baselines.Of(row.Model, core)))).Where(item => item.Ratio is not null).OrderBy(item => item.Ratio).ToArray();
            return ratios.Length == 0 ? "" : FormattableString.Invariant($"{core.ToUpperInvariant()}: median {ratios[ratios.Length / 2].Ratio:0.00}, worst {ratios[^1].Ratio:0.00} ({ratios[^1].Model})");
        }

        return $"Cycles as a part of the baseline's, {rows.Count} models. {Of("m4", row => row.M4)}. {Of("m7", row => row.M7)}.";
    }

    private static void Cycles(StringBuilder text, IReadOnlyList<BenchRow> rows, Baselines baselines)
    {
        text.Append("\n### Cycles, no wait states\n\n| model | MMAC | M4 | cycles/MAC | of | M7 | cycles/MAC | of |\n|---|---:|---:|---:|---:|---:|---:|---:|\n");
        foreach (var row in rows)
        {
            text.Append(FormattableString.Invariant($"| {row.Model} | {row.M4.Macs / 1e6:0.000} "));
            text.Append(FormattableString.Invariant($"| {row.M4.Cycles:N0} | {PerMac(row.M4.Cycles, row.M4.Macs)} | {Ratio(row.M4.Cycles, baselines.Of(row.Model, "m4")?.Cycles)} "));
            text.Append(FormattableString.Invariant($"| {row.M7.Cycles:N0} | {PerMac(row.M7.Cycles, row.M7.Macs)} | {Ratio(row.M7.Cycles, baselines.Of(row.Model, "m7")?.Cycles)} |\n"));
        }
    }

    private static void Memory(StringBuilder text, IReadOnlyList<BenchRow> rows, Baselines baselines)
    {
        text.Append("\n### RAM and flash on Cortex-M4; the image has code for both cores\n\n| model | arena | of | state | code in RAM | stack | image | engine | of |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
        foreach (var row in rows)
        {
            var (m4, baseline) = (row.M4, baselines.Of(row.Model, "m4"));
            text.Append(FormattableString.Invariant($"| {row.Model} | {m4.ArenaBytes:N0} | {Ratio(m4.ArenaBytes, baseline?.ArenaBytes)} | {m4.RamBytes.State:N0} "));
            text.Append(FormattableString.Invariant($"| {m4.RamBytes.Code:N0} | {m4.StackBytes:N0} | {m4.ImageBytes:N0} | {m4.CodeBytes:N0} | {Ratio(m4.CodeBytes, baseline?.CodeBytes)} |\n"));
        }
    }

    private static void Timings(StringBuilder text, IReadOnlyList<BenchRow> rows)
    {
        text.Append($"\n### Cycles by kind of memory\n\n| model |{string.Concat(FlashTiming.All.Select(timing => $" {timing.Name} |"))}\n|---|{string.Concat(FlashTiming.All.Select(_ => "---:|"))}\n");
        foreach (var row in rows)
        {
            text.Append(FormattableString.Invariant($"| {row.Model} |"));
            foreach (var profile in row.Profiles)
            {
                text.Append(FormattableString.Invariant($" {profile.Cycles:N0} |"));
            }

            text.Append('\n');
        }
    }

    private static string PerMac(ProfileLayer? layer) => layer is null ? "" : PerMac(layer.Cycles, layer.Macs);

    private static string PerMac(long cycles, long macs) => macs == 0 ? "" : FormattableString.Invariant($"{(double)cycles / macs:0.00}");

    private static string Ratio(long ours, long? theirs) =>
        theirs is > 0 ? FormattableString.Invariant($"{(double)ours / theirs.Value:0.00}") : "";
}
