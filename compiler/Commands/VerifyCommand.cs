// SPDX-License-Identifier: MIT
using System.CommandLine;
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Emit;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Verification;

namespace TinyInfer.Compiler.Commands;

/// <summary>verify MODEL --cases DIR, verify --corpus DIR: byte for byte against recorded outputs.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var model = Options.Model();
        model.Arity = ArgumentArity.ZeroOrOne;
        var cases = new Option<string?>("--cases") { Description = "The directory of inK.bin and outK.bin; the model's own when left out.", HelpName = "DIR" };
        var corpus = new Option<string?>("--corpus") { Description = "Every model below this directory, with the cases beside it.", HelpName = "DIR" };
        var (target, rounding, reset) = (Options.Target(), Options.RoundingRule(), Options.ResetState());
        var (optimize, portable, json) = (Options.Optimize(), Options.Portable(), Options.Json());

        var command = new Command("verify", "Runs recorded inputs and compares the outputs byte for byte.") { model, cases, corpus, target, rounding, reset, optimize, portable, json };
        command.SetAction(parsed =>
        {
            var (path, folder) = (parsed.GetValue(model), parsed.GetValue(corpus));
            if (path is null == folder is null || (folder is not null && parsed.GetValue(cases) is not null))
            {
                throw new UsageException("verify takes either a model (with --cases DIR) or --corpus DIR");
            }

            if (folder is not null && parsed.GetValue(reset))
            {
                throw new UsageException("--reset-state goes with a model, not with --corpus");
            }

            var place = TargetNames.Create(parsed.GetValue(target)!, parsed.GetValue(rounding));
            var cores = Options.Cores(parsed.GetValue(portable), place.Core);
            var terminal = new Terminal(parsed.InvocationConfiguration);
            return folder is null
                ? One(ModelFile.Compile(path!, name: null, parsed.GetValue(reset), cores, parsed.GetValue(optimize)), parsed.GetValue(cases) ?? Path.GetDirectoryName(Path.GetFullPath(path!))!, place, terminal, parsed.GetValue(json))
                : All(folder, place, cores, parsed.GetValue(optimize), terminal, parsed.GetValue(json));
        });
        return command;
    }

    private static int One(CompiledModel model, string cases, ITarget target, Terminal terminal, bool json)
    {
        var results = Verifier.Verify(model, Case.Of(cases, model), target);
        var failed = results.Count(result => result.Difference is not null);

        if (json)
        {
            terminal.Output.Write(ReportJson.Write(new { Model = model.Name, Target = target.Name, Passed = results.Count - failed, Failed = failed, Cases = results }));
        }
        else
        {
            if (results.FirstOrDefault(result => result.Difference is not null) is { } first)
            {
                terminal.Output.WriteLine(first.Difference);
            }

            if (CaseResult.Closeness(results) is { } closeness)
            {
                terminal.Output.WriteLine(closeness);
            }

            terminal.Output.WriteLine($"{results.Count - failed} passed, {failed} failed");
        }

        return failed == 0 ? CommandLine.Good : CommandLine.Refused;
    }

    private static int All(string folder, ITarget target, IReadOnlyList<Core> cores, Goal goal, Terminal terminal, bool json)
    {
        var models = CorpusVerifier.Models(folder);
        var verdicts = new List<Verdict>();

        using (var progress = terminal.Progress("models", models.Count))
        {
            foreach (var verdict in CorpusVerifier.Verify(folder, models, target, cores, goal))
            {
                verdicts.Add(verdict);
                progress.Clear();
                if (!json)
                {
                    terminal.Output.WriteLine($"{verdict.Outcome.ToString().ToLowerInvariant(),-8}{verdict.Model}: {verdict.Detail}");
                    terminal.Output.Flush();
                }

                progress.Advance(verdict.Model);
            }
        }

        int Number(Outcome outcome) => verdicts.Count(verdict => verdict.Outcome == outcome);
        var (passed, failed, refused) = (Number(Outcome.Exact) + Number(Outcome.Close), Number(Outcome.Differs), Number(Outcome.Refused));

        if (json)
        {
            terminal.Output.Write(ReportJson.Write(new { Target = target.Name, Passed = passed, Failed = failed, Refused = refused, Models = verdicts }));
        }
        else
        {
            terminal.Output.WriteLine($"{passed} passed, {failed} failed, {refused} refused");
        }

        return failed == 0 && verdicts.Count > 0 ? CommandLine.Good : CommandLine.Refused;
    }
}
