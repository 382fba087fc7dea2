// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Targets;

public sealed class BuildCacheTests
{
    [ToolchainFact]
    public void Builds_at_the_same_time_end_in_one_whole_entry()
    {
        var source = $"int answer(void); int answer(void) {{ return 42; }} /* {Guid.NewGuid()} */";
        var paths = Enumerable.Range(0, 6).AsParallel().WithDegreeOfParallelism(6)
            .Select(_ => new BuildCache(SourceTree.Current, Build.Host).Object("answer.c", source))
            .ToArray();
        var entry = Path.GetDirectoryName(paths[0])!;

        Assert.Single(paths.Distinct());
        Assert.True(File.Exists(paths[0]));
        Assert.DoesNotContain(Directory.EnumerateDirectories(Path.GetDirectoryName(entry)!), other => other.StartsWith($"{entry}.", StringComparison.Ordinal));
        Directory.Delete(entry, recursive: true);
    }

    [ToolchainFact]
    public void A_source_that_does_not_compile_leaves_nothing_and_says_why()
    {
        var failure = Assert.Throws<CompilerException>(() => new BuildCache(SourceTree.Current, Build.CortexM4).Object("wrong.c", "int wrong = 1 / ;"));
        Assert.StartsWith("wrong.c does not build for cortex-m4:\n", failure.Message, StringComparison.Ordinal);
        Assert.Contains("expected expression", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tool_that_is_missing_is_named_with_what_to_install() => Assert.Equal(
        "no-such-gcc is not installed: apt-get install gcc-arm-none-eabi libnewlib-arm-none-eabi qemu-system-arm",
        Assert.Throws<CompilerException>(() => Tool.Find("no-such-gcc", Build.CortexPackages)).Message);
}
