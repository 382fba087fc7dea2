// SPDX-License-Identifier: MIT
using System.CommandLine;
using TinyInfer.Compiler.Bench;
using TinyInfer.Compiler.Profiling;

namespace TinyInfer.Compiler.Commands;

/// <summary>bench DIR -o FILE: cycles, RAM and flash of every model of a corpus on both cores, beside a baseline.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "A corpus: DIR/GROUP/NAME/model.tflite." };
        var group = new Option<string>("--group") { Description = "The group of models to measure.", HelpName = "GROUP", DefaultValueFactory = _ => "core" };
        var only = new Option<string?>("--only") { Description = "Measures these models again, and writes nothing but their numbers in bench/bench.json.", HelpName = "GROUP/NAME,..." };
        var baseline = new Option<string>("--baseline") { Description = "JSON with the figures of another engine.", HelpName = "FILE", Required = true };
        var output = new Option<string>("--output", "-o") { Description = "The Markdown file to write; layers, pictures and numbers go to bench/ beside it.", HelpName = "FILE", DefaultValueFactory = _ => "BENCH.md" };

        var command = new Command("bench", "Measures every model of a corpus on both cores beside another engine.") { folder, group, only, baseline, output };
        command.SetAction(parsed =>
        {
            var terminal = new Terminal(parsed.InvocationConfiguration);
            var names = parsed.GetValue(only)?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [];
            var rows = Measured(terminal, parsed.GetValue(folder)!, parsed.GetValue(group)!, names);

            var path = parsed.GetValue(output)!;
            var numbers = Path.Combine(FolderOf(path), "bench.json");
            var before = BenchGolden.Read(numbers);
            var now = names.Length > 0 ? BenchGolden.Read(numbers) : new(StringComparer.Ordinal);
            foreach (var row in rows.Where(row => row.Refusal is null))
            {
                now[BenchGolden.KeyOf(row)] = BenchGolden.Of(row);
            }

            foreach (var change in BenchGolden.Changes(before, now))
            {
                terminal.Output.WriteLine(change);
            }

            OutputFile.CreateFolder(FolderOf(path));
            OutputFile.Write(numbers, BenchGolden.Write(now));
            if (names.Length == 0)
            {
                WriteTables(path, rows, Baselines.Read(parsed.GetValue(baseline)!));
            }

            terminal.Output.WriteLine($"{rows.Count(row => row.Refusal is null) / BenchRow.Goals.Count} of {rows.Count / BenchRow.Goals.Count} models measured, written to {(names.Length == 0 ? path : numbers)}");
            return CommandLine.Good;
        });
        return command;
    }

    private static string FolderOf(string path) => Path.Combine(Path.GetDirectoryName(path) ?? "", "bench");

    private static List<BenchRow> Measured(Terminal terminal, string folder, string group, IReadOnlyList<string> only)
    {
        var rows = new List<BenchRow>();
        using var progress = terminal.Progress("models", 0);
        foreach (var row in BenchRow.All(folder, group, only))
        {
            rows.Add(row);
            progress.Advance($"{row.Model} {BenchTable.NameOf(row.Goal)}");
        }

        return rows;
    }

    private static void WriteTables(string path, IReadOnlyList<BenchRow> rows, Baselines baselines)
    {
        OutputFile.Write(path, BenchTable.Write(rows, baselines));
        foreach (var goal in BenchRow.Goals)
        {
            var (name, measured) = (BenchTable.NameOf(goal), rows.Where(row => row.Goal == goal && row.Refusal is null).ToArray());
            OutputFile.Write(Path.Combine(FolderOf(path), $"layers-{name}.md"), BenchTable.Layers(rows, goal));
            OutputFile.Write(Path.Combine(FolderOf(path), $"ratio-{name}.svg"), RatioChart.Svg(measured, baselines, $"Cycles beside TensorFlow Lite Micro with CMSIS-NN, --optimize {name}"));
            foreach (var row in measured)
            {
                OutputFile.Write(Path.Combine(FolderOf(path), BenchTable.ChartOf(row)), CycleChart.Svg(row.M4));
            }
        }
    }
}
