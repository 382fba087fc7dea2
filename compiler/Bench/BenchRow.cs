// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Profiling;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Verification;

namespace TinyInfer.Compiler.Bench;

/// <summary>One model, compiled for one goal, with every timing of <see cref="FlashTiming.All"/>, or why it cannot be measured.</summary>
internal sealed record BenchRow(string Model, Goal Goal, IReadOnlyList<Profile> Profiles, string? Refusal)
{
    /// <summary>What the tables show: the default, and fewest cycles.</summary>
    public static IReadOnlyList<Goal> Goals { get; } = [Goal.Balanced, Goal.Latency];

    public Profile M4 => Of(Machine.CortexM4);

    public Profile M7 => Of(Machine.CortexM7);

    /// <summary>Every model of a kind below <paramref name="folder"/>, two at a time, in a fixed order.</summary>
    /// <param name="only">Names of models; empty: all.</param>
    public static IEnumerable<BenchRow> All(string folder, string kind, IReadOnlyList<string> only) =>
        (from path in CorpusVerifier.Models(Path.Combine(folder, kind))
         let name = $"{kind}/{Path.GetDirectoryName(path)}"
         where only.Count == 0 || only.Contains(name)
         from goal in Goals
         select (Path: Path.Combine(folder, kind, path), Name: name, Goal: goal))
        .AsParallel().AsOrdered().WithDegreeOfParallelism(2).WithMergeOptions(ParallelMergeOptions.NotBuffered)
        .Select(item => Measure(item.Path, item.Name, item.Goal, FlashTiming.All));

    /// <param name="name">Of the model in tables and files.</param>
    public static BenchRow Measure(string path, string name, Goal goal, IReadOnlyList<FlashTiming> timings)
    {
        try
        {
            var model = Compiler.Compile(ModelFile.Read(path), Path.GetFileName(name), false, [Core.CortexM4, Core.CortexM7], goal);
            return new BenchRow(name, goal, [.. timings.Select(timing => Profiler.Run(model, timing.Machine, timing: timing.Options))], null);
        }
        catch (CompilerException refusal)
        {
            return new BenchRow(name, goal, [], refusal.Message);
        }
    }

    // The first timing of a machine has no wait states.
    private Profile Of(Machine machine) => Profiles.First(profile => profile.Target == machine.Build.Name);
}
