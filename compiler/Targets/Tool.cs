// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace TinyInfer.Compiler.Targets;

/// <summary>Another program: a compiler, an emulator, a runner.</summary>
internal static class Tool
{
    /// <summary>The full path of a program on the PATH.</summary>
    /// <param name="packages">What brings it, as arguments of apt-get install.</param>
    public static string Find(string name, string packages) => OnPath(name) ?? throw new CompilerException($"{name} is not installed: apt-get install {packages}");

    public static bool Exists(string name) => OnPath(name) is not null;

    private static string? OnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    /// <summary>Runs a program to its end, or kills it when <paramref name="limit"/> has passed.</summary>
    public static ToolResult Run(string path, IEnumerable<string> arguments, string folder, TimeSpan limit, CancellationToken cancel = default)
    {
        var start = new ProcessStartInfo(path, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C";
        // Runners free all they take; the leak checker needs ptrace, which containers forbid.
        start.Environment["ASAN_OPTIONS"] = "detect_leaks=0";

        using var process = Process.Start(start) ?? throw new InvalidOperationException(path);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        end.CancelAfter(limit);
        try
        {
            process.WaitForExitAsync(end.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancel.ThrowIfCancellationRequested();
            return new ToolResult(-1, "", $"no result after {limit.TotalSeconds:0} seconds");
        }

        return new ToolResult(process.ExitCode, output.Result, error.Result);
    }
}

/// <param name="ExitCode">-1 when the time limit was reached.</param>
internal sealed record ToolResult(int ExitCode, string Output, string Error);
