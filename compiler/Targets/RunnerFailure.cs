// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Targets;

/// <summary>Why a runner did not end well, in one sentence.</summary>
internal static class RunnerFailure
{
    public static string Of(ToolResult result)
    {
        var lines = (result.Error + "\n" + result.Output).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).ToArray();
        var report = lines.FirstOrDefault(line => line.Contains("runtime error:", StringComparison.Ordinal))
            ?? lines.FirstOrDefault(line => line.Contains("SUMMARY: ", StringComparison.Ordinal));
        return report ?? lines.FirstOrDefault() ?? $"exit code {result.ExitCode}";
    }
}
