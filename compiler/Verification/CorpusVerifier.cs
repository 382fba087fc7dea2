// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Targets;

namespace TinyInfer.Compiler.Verification;

/// <summary>Verifies every model below a folder, two at a time, in one process.</summary>
internal static class CorpusVerifier
{
    /// <summary>The models in a fixed order, each as its path relative to <paramref name="folder"/>.</summary>
    public static IReadOnlyList<string> Models(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new CompilerException($"{folder}: there is no such directory of models");
        }

        string[] models = [.. Directory.EnumerateFiles(folder, "*.tflite", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal)];
        return models.Length > 0 ? models : throw new CompilerException($"{folder}: there is no .tflite file below this directory");
    }

    /// <summary>The verdicts in the order of the models, each as soon as it and all before it are known.</summary>
    public static IEnumerable<Verdict> Verify(string folder, IReadOnlyList<string> models, ITarget target, IReadOnlyList<Core> cores, Goal goal = Goal.Balanced)
    {
        target.Prepare();
        return models.AsParallel().AsOrdered().WithDegreeOfParallelism(2).WithMergeOptions(ParallelMergeOptions.NotBuffered)
            .Select(model => Verify(folder, model, target, cores, goal));
    }

    private static Verdict Verify(string folder, string model, ITarget target, IReadOnlyList<Core> cores, Goal goal)
    {
        var name = Path.GetFileName(model) == "model.tflite" ? Path.GetDirectoryName(model)! : Path.ChangeExtension(model, null);
        CompiledModel compiled;
        try
        {
            compiled = Compiler.Compile(ModelFile.Read(Path.Combine(folder, model)), Path.GetFileName(name), resetState: false, cores, goal);
        }
        catch (CompilerException refusal)
        {
            return new Verdict(name, Outcome.Refused, refusal.Message);
        }
        catch (Exception bug) when (bug is not OutOfMemoryException)
        {
            return new Verdict(name, Outcome.Differs, $"internal error in the compiler: {bug.Message}");
        }

        try
        {
            var results = Verifier.Verify(compiled, Case.Of(Path.GetDirectoryName(Path.Combine(folder, model))!, compiled), target);
            return results.FirstOrDefault(result => result.Difference is not null) is { } first
                ? new Verdict(name, first.Difference!.IsAgainstNothing ? Outcome.Refused : Outcome.Differs, first.Difference.ToString())
                : CaseResult.Closeness(results) is { } closeness
                    ? new Verdict(name, Outcome.Close, $"{results.Count} cases, {closeness}")
                    : new Verdict(name, Outcome.Exact, $"{results.Count} cases");
        }
        catch (CompilerException failure)
        {
            return new Verdict(name, Outcome.Differs, failure.Message);
        }
    }
}

/// <param name="Detail">How many cases, the first difference, or why the model is refused.</param>
internal sealed record Verdict(string Model, Outcome Outcome, string Detail);

/// <summary>A model that compiles and then cannot be run, or whose cases do not fit it, counts as <see cref="Differs"/>.</summary>
internal enum Outcome
{
    Exact,

    /// <summary>Floats within <see cref="FloatTolerance"/>.</summary>
    Close,
    Differs,

    /// <summary>By the compiler, or there is nothing to compare with.</summary>
    Refused,
}
