// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;

namespace TinyInfer.Compiler.Targets;

/// <summary>Runs an image with the portable kernels on this machine, in a process of its own.</summary>
internal sealed class HostTarget(Build build) : ITarget
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private readonly Lazy<string> _runner = new(() => RuntimeLibrary.HostRunner(SourceTree.Current, build));

    public string Name => build.Name;

    public Core Core => Core.Portable;

    public void Prepare() => _ = _runner.Value;

    public byte[] Run(TargetRun run)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("model.tim"), run.Image);
        File.WriteAllBytes(folder.File("inputs.bin"), run.Inputs.Span);

        var result = Tool.Run(
            _runner.Value,
            ["model.tim", "inputs.bin", "outputs.bin", $"{run.Invocations}", .. run.KeepState ? ["keep"] : Array.Empty<string>()],
            folder.Path,
            Limit);
        return result.ExitCode == 0
            ? File.ReadAllBytes(folder.File("outputs.bin"))
            : throw new CompilerException($"the {Name} runner failed: {RunnerFailure.Of(result)}");
    }
}
