// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Profiling;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Verification;

namespace TinyInfer.Compiler.Bench;

/// <summary>One model with every timing of <see cref="FlashTiming.All"/>, or why it cannot be measured.</summary>
internal sealed record BenchRow(string Model, IReadOnlyList<Profile> Profiles, string? Refusal)
{
    /// <summary>Every model below <paramref name="folder"/>, two at a time, in a fixed order.</summary>
    public static IEnumerable<BenchRow> All(string folder, string group, Goal goal) =>
        CorpusVerifier.Models(Path.Combine(folder, group)).AsParallel().AsOrdered().WithDegreeOfParallelism(2)
            .WithMergeOptions(ParallelMergeOptions.NotBuffered)
            .Select(path => Measure(Path.Combine(folder, group, path), $"{group}/{Path.GetDirectoryName(path)}", goal));

    public Profile M4 => Profiles[0];

    public Profile M7 => Profiles[FlashTiming.All.Select(timing => timing.Machine).ToList().IndexOf(Machine.CortexM7)];

    private static BenchRow Measure(string path, string name, Goal goal)
    {
        try
        {
            var model = Compiler.Compile(ModelFile.Read(path), Path.GetFileName(name), false, [Core.CortexM4, Core.CortexM7], goal);
            return new BenchRow(name, [.. FlashTiming.All.Select(timing => Profiler.Run(model, timing.Machine, timing: timing.Options))], null);
        }
        catch (CompilerException refusal)
        {
            return new BenchRow(name, [], refusal.Message);
        }
    }
}
