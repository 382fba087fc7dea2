// SPDX-License-Identifier: MIT
using System.ComponentModel;
using System.Diagnostics;

namespace TinyInfer.Quantizer;

/// <summary>Runs other programs, their output passed on.</summary>
internal static class Shell
{
    public static bool TryRun(string program, IReadOnlyList<string> arguments, string directory)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = directory })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
