// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Boards;
using TinyInfer.Compiler.Targets;

namespace TinyInfer.Compiler.Profiling;

/// <summary>Links a model for an emulated board and runs it under the cycle model: the ELF that is measured is the one that is kept.</summary>
internal static class Profiler
{
    /// <param name="input">What the model is run on, or null for noise.</param>
    /// <param name="keep">A folder that gets the ELF and the cycle model's own report, or null.</param>
    /// <param name="fit">Whose memories to imitate, or null for those of <paramref name="timing"/>.</param>
    /// <param name="timing">Options of the cycle model; null: memories without wait states.</param>
    public static Profile Run(
        CompiledModel model, Machine machine, byte[]? input = null, string? keep = null, BoardFit? fit = null, IReadOnlyList<string>? timing = null)
    {
        var tree = SourceTree.Current;
        using var folder = new TemporaryFolder();
        var elf = new Firmware(tree, machine).Link(model.Image, input ?? ProfileInput.For(model.Schedule.Graph.Inputs), folder.Path);
        var cycles = CycleModel.Run(tree, machine, elf, folder.Path, fit?.Board.CycleOptions(fit.Memory) ?? timing ?? []);

        if (keep is not null)
        {
            var stem = $"{model.Name}.{machine.Build.Name}";
            OutputFile.CreateFolder(keep);
            OutputFile.Write(Path.Combine(keep, $"{stem}.elf"), File.ReadAllBytes(elf));
            OutputFile.Write(Path.Combine(keep, $"{stem}.cycles.json"), File.ReadAllBytes(folder.File("cycles.json")));
        }

        return Profile.Of(model, machine, cycles) with { Board = fit is null ? null : ProfileBoard.Of(fit, cycles.Total.Cycles) };
    }
}
