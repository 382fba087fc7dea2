// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Profiling;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Verification;

namespace TinyInfer.Compiler.Bench;

/// <summary>One model on both cores, or why it cannot be measured.</summary>
internal sealed record BenchRow(string Model, Profile? M4, Profile? M7, string? Refusal)
{
    /// <summary>Every model below <paramref name="folder"/>, two at a time, in a fixed order.</summary>
    public static IEnumerable<BenchRow> All(string folder, string group) =>
        CorpusVerifier.Models(Path.Combine(folder, group)).AsParallel().AsOrdered().WithDegreeOfParallelism(2)
            .WithMergeOptions(ParallelMergeOptions.NotBuffered)
            .Select(path => Measure(Path.Combine(folder, group, path), $"{group}/{Path.GetDirectoryName(path)}"));

    private static BenchRow Measure(string path, string name)
    {
        try
        {
            var model = Compiler.Compile(ModelFile.Read(path), Path.GetFileName(name));
            return new BenchRow(name, Profiler.Run(model, Machine.CortexM4), Profiler.Run(model, Machine.CortexM7), null);
        }
        catch (CompilerException refusal)
        {
            return new BenchRow(name, null, null, refusal.Message);
        }
    }
}
