// SPDX-License-Identifier: MIT
using System.Text.Json.Serialization;
using TinyInfer.Compiler.Boards;
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Emit;
using TinyInfer.Compiler.Planning;
using TinyInfer.Compiler.Targets;

namespace TinyInfer.Compiler.Profiling;

/// <summary>What one invocation of a model costs on one core, by the cycle model. Sizes are bytes.</summary>
/// <param name="Macs">Of the model as it stands in the file: what other engines' figures are per.</param>
/// <param name="Cycles">From the call of ti_invoke to its return, warm, with zero wait states or those of the board.</param>
/// <param name="StackBytes">Everything below the frame of the function that calls ti_invoke.</param>
/// <param name="CodeBytes">
/// Code and constants of the runtime, of the kernels this model uses and of what they need of the C library; no runner, no start-up.
/// </param>
/// <param name="FlashBytes">Image and code.</param>
/// <param name="Board">Null when no board was asked for.</param>
internal sealed record Profile(
    string Model,
    string Target,
    long Macs,
    long Cycles,
    long Instructions,
    double MacsPerCycle,
    int ArenaBytes,
    ProfileRam RamBytes,
    int StackBytes,
    int ImageBytes,
    int CodeBytes,
    int FlashBytes,
    IReadOnlyList<ProfileLayer> Layers,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ProfileBoard? Board = null)
{
    public static Profile Of(CompiledModel model, Machine machine, CycleReport cycles)
    {
        var program = model.ProgramFor(machine.Core);
        var report = Report.Of(model, program);
        if (cycles.Steps.Count != report.Layers.Count + 1)
        {
            throw new InvalidOperationException($"the cycle model has seen {cycles.Steps.Count} steps of {report.Layers.Count + 1}");
        }

        var code = cycles.Printed["code_bytes"];
        return new Profile(
            model.Name,
            machine.Build.Name,
            report.NominalMacs,
            cycles.Total.Cycles,
            cycles.Total.Instructions,
            PerCycle(report.NominalMacs, cycles.Total.Cycles),
            report.ArenaBytes,
            ProfileRam.Of(program, cycles.Printed["runtime_bytes"]),
            cycles.Printed["stack_bytes"],
            report.ImageBytes,
            code,
            report.ImageBytes + code,
            [.. report.Layers.Zip(cycles.Steps, (layer, cost) => LayerOf(layer, cost, program.Schedule.Steps[layer.Index]))]);
    }

    private static ProfileLayer LayerOf(ReportLayer layer, Cost cost, Step step) => new(
        layer.Index,
        layer.Name,
        layer.Op,
        layer.Kernel,
        layer.Macs,
        cost.Cycles,
        cost.Instructions,
        PerCycle(layer.Macs, cost.Cycles),
        layer.ConstantBytes,
        step.Call.Scratch,
        layer.Inputs,
        layer.Outputs);

    private static double PerCycle(long macs, long cycles) => cycles == 0 ? 0 : Math.Round((double)macs / cycles, 3);
}

/// <summary>The board whose clock and memories the cycles are for.</summary>
/// <param name="Memory">Where tensors are.</param>
internal sealed record ProfileBoard(string Name, int ClockMhz, string Memory, double Milliseconds)
{
    public static ProfileBoard Of(BoardFit fit, long cycles) =>
        new(fit.Board.Name, fit.Board.ClockMhz, fit.Memory.Name, Math.Round(cycles / (1000.0 * fit.Board.ClockMhz), 3));
}

/// <summary>RAM that the model occupies between and during invocations; the stack is counted apart.</summary>
/// <param name="Arena">Activations and scratch.</param>
/// <param name="Scratch">The largest working memory of a step; part of the arena.</param>
/// <param name="State">Recurrent cells and variables.</param>
/// <param name="Fast">The second arena, in tightly coupled memory.</param>
/// <param name="Code">The copy of hot code.</param>
/// <param name="Runtime">struct ti_instance and struct ti_image.</param>
/// <param name="Total">Arena, state, fast, code and runtime.</param>
internal sealed record ProfileRam(int Arena, int Scratch, int State, int Fast, int Code, int Runtime, int Total)
{
    public static ProfileRam Of(CoreProgram program, int runtime)
    {
        int Size(MemoryRegion region) => program.Plan.RegionSizes.GetValueOrDefault(region);
        var (arena, state, fast) = (Size(MemoryRegion.Arena), Size(MemoryRegion.State), Size(MemoryRegion.Fast));
        var scratch = program.Schedule.Steps.Select(step => step.Call.Scratch).DefaultIfEmpty().Max();
        return new ProfileRam(arena, scratch, state, fast, program.HotBytes, runtime, arena + state + fast + program.HotBytes + runtime);
    }
}

/// <summary>One step of the model. <paramref name="Inputs"/> leaves constants out: their bytes are <paramref name="ConstantBytes"/>.</summary>
internal sealed record ProfileLayer(
    int Index,
    string Name,
    string Op,
    string Kernel,
    long Macs,
    long Cycles,
    long Instructions,
    double MacsPerCycle,
    int ConstantBytes,
    int ScratchBytes,
    IReadOnlyList<ReportTensor> Inputs,
    IReadOnlyList<ReportTensor> Outputs);
