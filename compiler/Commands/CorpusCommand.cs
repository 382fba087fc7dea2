// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Verification;

namespace TinyInfer.Compiler.Commands;

/// <summary>corpus DIR -o FILE: which networks run exactly on which target, as a Markdown table.</summary>
internal static class CorpusCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "Every model below this directory, with the cases beside it." };
        var output = new Option<string>("--output", "-o") { Description = "The Markdown file to write.", HelpName = "FILE", DefaultValueFactory = _ => "CORPUS.md" };
        var targets = new Option<string[]>("--target")
        {
            Description = "Where the models run; may be given several times.",
            HelpName = "T",
            DefaultValueFactory = _ => ["host", "cortex-m4", "cortex-m7"],
        };
        Options.Restrict(targets, TargetNames.All);

        var command = new Command("corpus", "Writes which networks run exactly on which target, and why the others are refused.") { folder, output, targets };
        command.SetAction(parsed =>
        {
            var terminal = new Terminal(parsed.InvocationConfiguration);
            var names = parsed.GetValue(targets)!;
            var root = parsed.GetValue(folder)!;
            var models = CorpusVerifier.Models(root);
            var columns = names.Select(name => Column(root, models, name, terminal)).ToList();

            OutputFile.Write(parsed.GetValue(output)!, Encoding.UTF8.GetBytes(CorpusTable.Write(names, columns)));
            terminal.Output.WriteLine(CorpusTable.Summary(names, columns));
            return columns.SelectMany(column => column).Any(verdict => verdict.Outcome == Outcome.Differs) ? CommandLine.Refused : CommandLine.Good;
        });
        return command;
    }

    private static IReadOnlyList<Verdict> Column(string folder, IReadOnlyList<string> models, string target, Terminal terminal)
    {
        using var progress = terminal.Progress($"models on {target}", models.Count);
        var verdicts = new List<Verdict>();
        var place = TargetNames.Create(target);
        foreach (var verdict in CorpusVerifier.Verify(folder, models, place, Options.Cores(portable: false, place.Core)))
        {
            verdicts.Add(verdict);
            progress.Advance(verdict.Model);
        }

        return verdicts;
    }
}
