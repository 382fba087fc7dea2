// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Targets;

/// <summary>QEMU with semihosting: the guest reads and writes files of <c>folder</c>, and its exit code is QEMU's.</summary>
internal static class Emulator
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    /// <param name="words">The guest's command line; none: the path of the ELF.</param>
    /// <param name="plugin">QEMU's -plugin argument, or null.</param>
    /// <returns>What the guest has printed.</returns>
    public static string Run(Machine machine, string elf, string folder, IReadOnlyList<string> words, string? plugin = null)
    {
        var result = Tool.Run(
            Machine.Emulator,
            [
                "-M", machine.Name,
                "-display", "none", "-monitor", "none", "-serial", "none",
                "-semihosting-config", string.Concat(["enable=on,target=native", .. words.Select(word => $",arg={word}")]),
                .. plugin is null ? Array.Empty<string>() : ["-plugin", plugin],
                "-kernel", elf,
            ],
            folder,
            Limit);
        return result.ExitCode == 0
            ? result.Output + result.Error
            : throw new CompilerException($"the {machine.Build.Name} emulator failed: {RunnerFailure.Of(result)}");
    }
}
