// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Targets;

/// <summary>An ELF for an emulated board: start-up, runner, runtime, the kernels that one image uses, and the image itself in flash.</summary>
internal sealed class Firmware(SourceTree tree, Machine machine)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly Lazy<IReadOnlyList<string>> _parts = new(() => RuntimeLibrary.DeviceParts(tree, machine.Build));

    public void Prepare() => _ = _parts.Value;

    /// <param name="image">A model image.</param>
    /// <param name="input">What the runner feeds the model when it is given no input file; empty when it always is.</param>
    /// <param name="folder">Gets model.elf.</param>
    /// <returns>The path of model.elf.</returns>
    public string Link(byte[] image, ReadOnlySpan<byte> input, string folder)
    {
        File.WriteAllBytes(Path.Combine(folder, "model.tim"), image);
        File.WriteAllBytes(Path.Combine(folder, "model_input.bin"), input);
        File.WriteAllText(Path.Combine(folder, "model.S"), ModelObject.Source(image, machine.Core));

        var elf = Path.Combine(folder, "model.elf");
        var result = Tool.Run(
            machine.Build.Compiler,
            [
                .. machine.Build.Flags(tree),
                "-nostartfiles", "-Wl,--gc-sections", "-Wl,--no-warn-rwx-segments",
                "-L", tree.PathOf("emulator/common"),
                "-T", tree.PathOf($"emulator/{machine.Name}/link.ld"),
                "model.S",
                RuntimeLibrary.KernelTable(tree, machine.Build, ImageHeader.Kernels(image, machine.Core)),
                .. _parts.Value,
                "-lm",
                "-o", elf,
            ],
            folder,
            Limit);
        return result.ExitCode == 0 ? elf : throw new CompilerException($"the model does not link for {machine.Build.Name}:\n{result.Error.Trim()}");
    }
}
