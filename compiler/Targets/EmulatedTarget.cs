// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;

namespace TinyInfer.Compiler.Targets;

/// <summary>Runs an image on a Cortex-M board that QEMU emulates, from emulated flash, as it would lie on a board.</summary>
internal sealed class EmulatedTarget(Machine machine) : ITarget
{
    private readonly Firmware _firmware = new(SourceTree.Current, machine);

    public string Name => machine.Build.Name;

    public Core Core => machine.Core;

    public void Prepare() => _firmware.Prepare();

    public byte[] Run(TargetRun run)
    {
        using var folder = new TemporaryFolder();
        var elf = _firmware.Link(run.Image, [], folder.Path);
        File.WriteAllBytes(folder.File("inputs.bin"), run.Inputs.Span);

        Emulator.Run(machine, elf, folder.Path, ["run", $"{run.Invocations}", .. run.KeepState ? ["keep"] : Array.Empty<string>(), .. run.CodeStays ? ["still"] : Array.Empty<string>()]);
        return File.ReadAllBytes(folder.File("outputs.bin"));
    }
}
