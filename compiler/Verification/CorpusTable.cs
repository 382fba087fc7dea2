// SPDX-License-Identifier: MIT
using System.Text;

namespace TinyInfer.Compiler.Verification;

/// <summary>The verdicts of a corpus as Markdown: a summary by group and target, then a line a model.</summary>
internal static class CorpusTable
{
    public static string Write(IReadOnlyList<string> targets, IReadOnlyList<IReadOnlyList<Verdict>> columns)
    {
        var text = new StringBuilder("# Which networks run\n\nMade by `dotnet build nf.proj -t:Corpus`; do not edit. *Exact*: every recorded case byte for byte. *Close*: a float network whose exp and tanh differ from the recording C library's in the last place.\n\n");

        text.Append($"| group |{string.Concat(targets.Select(target => $" {target} |"))}\n|---|{string.Concat(targets.Select(_ => "---|"))}\n");
        foreach (var group in columns[0].Select(verdict => Group(verdict.Model)).Distinct())
        {
            text.Append($"| {group} |{string.Concat(columns.Select(column => $" {Count(column.Where(verdict => Group(verdict.Model) == group))} |"))}\n");
        }

        text.Append($"\n| model |{string.Concat(targets.Select(target => $" {target} |"))} why not |\n|---|{string.Concat(targets.Select(_ => "---|"))}---|\n");
        for (var row = 0; row < columns[0].Count; row++)
        {
            var verdicts = columns.Select(column => column[row]).ToList();
            var why = verdicts.FirstOrDefault(verdict => verdict.Outcome != Outcome.Exact)?.Detail ?? "";
            text.Append($"| {verdicts[0].Model} |{string.Concat(verdicts.Select(verdict => $" {verdict.Outcome.ToString().ToLowerInvariant()} |"))} {Cell(why)} |\n");
        }

        return text.ToString();
    }

    public static string Summary(IReadOnlyList<string> targets, IReadOnlyList<IReadOnlyList<Verdict>> columns) =>
        string.Join("\n", targets.Zip(columns, (target, column) => $"{target}: {Count(column)}"));

    private static string Group(string model) => model.Split('/', '\\')[0];

    private static string Count(IEnumerable<Verdict> verdicts)
    {
        var list = verdicts.ToList();
        int Number(Outcome outcome) => list.Count(verdict => verdict.Outcome == outcome);
        var close = Number(Outcome.Close) is > 0 and var some ? $", {some} close" : "";
        return $"{Number(Outcome.Exact)} of {list.Count} exact{close}, {Number(Outcome.Differs)} differ";
    }

    private static string Cell(string text) => text.Replace("|", "\\|").ReplaceLineEndings(" ");
}
