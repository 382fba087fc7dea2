// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spectre.Console;
using TinyInfer.Compiler.Boards;
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Emit;
using TinyInfer.Compiler.Profiling;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Verification;
using Profile = TinyInfer.Compiler.Profiling.Profile;

namespace TinyInfer.Compiler.Commands;

/// <summary>profile MODEL --target T: cycles of every layer, RAM and flash.</summary>
internal static class ProfileCommand
{
    public static Command Create()
    {
        var model = Options.Model();
        var target = new Option<string>("--target") { Description = "The core: cortex-m4, cortex-m7.", HelpName = "T", DefaultValueFactory = _ => "cortex-m4" };
        Options.Restrict(target, [.. TargetNames.Machines.Select(machine => machine.Build.Name)]);
        var input = new Option<string?>("--input") { Description = "Raw input tensors to run on; noise when left out.", HelpName = "FILE" };
        var svg = new Option<string?>("--svg") { Description = "Draws the cycles of each layer.", HelpName = "FILE" };
        var keep = new Option<string?>("--keep") { Description = "Leaves the measured ELF and the cycle model's report there.", HelpName = "DIR" };
        var (board, assemblies) = (Options.Board(), Options.Assemblies());
        var (optimize, ram, flash) = (Options.Optimize(), Options.Ram(), Options.Flash());
        var (portable, json) = (Options.Portable(), Options.Json());

        var command = new Command("profile", "Estimates the cycles of every layer on the emulated core; RAM and flash.") { model, target, board, assemblies, input, svg, keep, optimize, ram, flash, portable, json };
        command.SetAction(parsed =>
        {
            var terminal = new Terminal(parsed.InvocationConfiguration);
            var chosen = parsed.GetValue(board) is { } known ? Board.Named(known) : null;
            var machine = chosen?.Machine ?? TargetNames.Machines.First(machine => machine.Build.Name == parsed.GetValue(target));
            if (chosen is not null && parsed.GetResult(target) is { Implicit: false } && parsed.GetValue(target) != chosen.Core)
            {
                throw new UsageException($"--target: {chosen.Name} has a {chosen.Core}, not a {parsed.GetValue(target)}");
            }

            var compiled = ModelFile.Compile(
                parsed.GetValue(model)!, name: null, resetState: false, Options.Cores(parsed.GetValue(portable), machine.Core), parsed.GetValue(optimize), new Limits(parsed.GetValue(ram), parsed.GetValue(flash)));
            var fit = chosen is null ? null : BoardFit.Of(compiled, chosen, parsed.GetValue(assemblies));
            var bytes = parsed.GetValue(input) is { } path ? ReadInput(path, compiled) : null;

            Profile profile;
            using (var progress = terminal.Progress("models", 1))
            {
                progress.Show($"{compiled.Name} on the emulated {machine.Build.Name}");
                profile = Profiler.Run(compiled, machine, bytes, parsed.GetValue(keep), fit);
            }

            if (parsed.GetValue(svg) is { } picture)
            {
                OutputFile.Write(picture, CycleChart.Svg(profile));
            }

            if (parsed.GetValue(json))
            {
                terminal.Output.Write(ReportJson.Write(profile));
            }
            else
            {
                Print(profile, terminal);
            }

            return CommandLine.Good;
        });
        return command;
    }

    private static byte[] ReadInput(string path, CompiledModel model)
    {
        var (bytes, size) = (ModelFile.Read(path), Case.Sizes(model).Inputs);
        return bytes.Length == size ? bytes : throw new CompilerException($"{path}: the file has {bytes.Length} bytes, the model's inputs have {size}");
    }

    private static void Print(Profile profile, Terminal terminal)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (name, right) in new[] { ("#", true), ("operation", false), ("layer", false), ("MAC", true), ("cycles", true), ("%", true), ("MAC/cycle", true), ("output", true) })
        {
            var column = new TableColumn(name).NoWrap();
            table.AddColumn(right ? column.RightAligned() : column);
        }

        foreach (var layer in profile.Layers)
        {
            table.AddRow(new[]
            {
                $"{layer.Index}",
                layer.Op,
                layer.Name.Length <= 40 ? layer.Name : $"{layer.Name[..18]}…{layer.Name[^20..]}",
                layer.Macs > 0 ? $"{layer.Macs:N0}" : "",
                $"{layer.Cycles:N0}",
                $"{100.0 * layer.Cycles / Math.Max(1, profile.Cycles):0.0}",
                layer.Macs > 0 ? $"{layer.MacsPerCycle:0.000}" : "",
                $"{layer.Outputs.Sum(output => output.Size):N0}",
            }.Select(cell => new Text(cell)).ToArray());
        }

        terminal.Write(table);
        var output = terminal.Output;
        output.WriteLine($"{profile.Model} on {profile.Target}: {profile.Cycles:N0} cycles, {profile.Instructions:N0} instructions, {profile.Macs:N0} MAC, {profile.MacsPerCycle:0.000} MAC/cycle");
        output.WriteLine($"RAM   {profile.RamBytes.Total:N0} bytes: arena {profile.RamBytes.Arena:N0}, state {profile.RamBytes.State:N0}, code {profile.RamBytes.Code:N0}, runtime {profile.RamBytes.Runtime:N0}; and {profile.StackBytes:N0} of stack");
        output.WriteLine($"flash {profile.FlashBytes:N0} bytes: image {profile.ImageBytes:N0}, code {profile.CodeBytes:N0}");
        output.WriteLine(profile.Board is { } board
            ? $"{board.Name} at {board.ClockMhz} MHz: {board.Milliseconds:0.000} ms an inference, tensors in {board.Memory}"
            : "memories without wait states; --board estimates those of a board");
        output.WriteLine("Estimated by the cycle model of this project.");
    }
}
