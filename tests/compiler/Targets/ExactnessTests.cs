// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Commands;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Verification;
using Xunit;

namespace TinyInfer.Compiler.Tests.Targets;

/// <summary>Every model of the corpus that compiles gives the recorded bytes on every target. The long sweep has no limit of size.</summary>
public sealed class ExactnessTests
{
    private const int SmallFile = 400_000;

    [ToolchainCorpusTheory]
    [InlineData("host-asan", "core")]
    [InlineData("host-asan", "ops")]
    [InlineData("cortex-m4", "core")]
    [InlineData("cortex-m4", "ops")]
    [InlineData("cortex-m7", "core")]
    public void Small_models_are_exact(string target, string group) => Exact(target, group, SmallFile);

    [FullCorpusTheory]
    [InlineData("host-asan", "core")]
    [InlineData("host-asan", "zoo")]
    [InlineData("cortex-m4", "core")]
    [InlineData("cortex-m4", "zoo")]
    [InlineData("cortex-m7", "core")]
    [InlineData("cortex-m7", "ops")]
    [InlineData("cortex-m7", "zoo")]
    public void All_models_are_exact(string target, string group) => Exact(target, group, long.MaxValue);

    private static void Exact(string target, string group, long largest)
    {
        var folder = Path.Combine(Corpus.Folder!, group);
        var models = CorpusVerifier.Models(folder).Where(model => new FileInfo(Path.Combine(folder, model)).Length <= largest).ToArray();
        var place = TargetNames.Create(target);
        var verdicts = CorpusVerifier.Verify(folder, models, place, Options.Cores(portable: false, place.Core)).ToArray();

        Assert.Equal([], verdicts.Where(verdict => verdict.Outcome == Outcome.Differs).Select(verdict => $"{verdict.Model}: {verdict.Detail}"));
        Assert.Contains(verdicts, verdict => verdict.Outcome == Outcome.Exact);
    }
}

/// <summary>Over the whole corpus, only when the long sweeps are asked for.</summary>
internal sealed class FullCorpusTheoryAttribute : TheoryAttribute
{
    public FullCorpusTheoryAttribute() =>
        Skip = (Toolchain.IsFull ? Corpus.Absent ?? Toolchain.Missing : "a long sweep: dotnet build nf.proj -t:Full")!;
}
