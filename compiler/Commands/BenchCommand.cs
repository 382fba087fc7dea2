// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text;
using TinyInfer.Compiler.Bench;

namespace TinyInfer.Compiler.Commands;

/// <summary>bench DIR -o FILE: cycles, RAM and flash of every model of a corpus on both cores, beside a baseline.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "A corpus: DIR/GROUP/NAME/model.tflite." };
        var group = new Option<string>("--group") { Description = "The group of models to measure.", HelpName = "GROUP", DefaultValueFactory = _ => "core" };
        var baseline = new Option<string>("--baseline") { Description = "JSON with the figures of another engine.", HelpName = "FILE", Required = true };
        var output = new Option<string>("--output", "-o") { Description = "The Markdown file to write.", HelpName = "FILE", DefaultValueFactory = _ => "BENCH.md" };

        var optimize = Options.Optimize();
        var command = new Command("bench", "Measures every model of a corpus on both cores beside another engine.") { folder, group, baseline, output, optimize };
        command.SetAction(parsed =>
        {
            var terminal = new Terminal(parsed.InvocationConfiguration);
            var rows = new List<BenchRow>();
            using (var progress = terminal.Progress("models", 0))
            {
                foreach (var row in BenchRow.All(parsed.GetValue(folder)!, parsed.GetValue(group)!, parsed.GetValue(optimize)))
                {
                    rows.Add(row);
                    progress.Advance(row.Model);
                }
            }

            var path = parsed.GetValue(output)!;
            OutputFile.Write(path, Encoding.UTF8.GetBytes(BenchTable.Write(rows, Baselines.Read(parsed.GetValue(baseline)!), $"{parsed.GetValue(optimize)}".ToLowerInvariant())));
            terminal.Output.WriteLine($"{rows.Count(row => row.Refusal is null)} of {rows.Count} models measured, written to {path}");
            return CommandLine.Good;
        });
        return command;
    }
}
