// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Targets;

/// <summary>A test that builds for a target; skipped with the compiler's own sentence where a tool is missing.</summary>
internal sealed class ToolchainFactAttribute : FactAttribute
{
    public ToolchainFactAttribute() => Skip = Toolchain.Missing!;
}

/// <summary>The same with data.</summary>
internal sealed class ToolchainTheoryAttribute : TheoryAttribute
{
    public ToolchainTheoryAttribute() => Skip = Toolchain.Missing!;
}

/// <summary>The same over the models of the corpus.</summary>
internal sealed class ToolchainCorpusTheoryAttribute : TheoryAttribute
{
    public ToolchainCorpusTheoryAttribute() => Skip = Corpus.Absent ?? Toolchain.Missing!;
}

internal static class Toolchain
{
    /// <summary>Gets the reason for a skipped test, or null when everything is installed.</summary>
    public static string? Missing { get; } = Find();

    /// <summary>Gets a value indicating whether the long sweeps run too: <c>nf.proj -t:Full</c>.</summary>
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("TINYINFER_FULL") == "true";

    private static string? Find()
    {
        try
        {
            _ = (Build.Host.Compiler, Build.CortexM4.Compiler, Machine.Emulator);
            return null;
        }
        catch (CompilerException missing)
        {
            return missing.Message;
        }
    }
}
