// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text;
using TinyInfer.Compiler.Boards;
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Emit;
using TinyInfer.Compiler.Planning;
using TinyInfer.Compiler.Targets;

namespace TinyInfer.Compiler.Commands;

/// <summary>compile MODEL -o DIR: image, C, C# and report.</summary>
internal static class CompileCommand
{
    public static Command Create()
    {
        var model = Options.Model();
        var folder = new Option<string>("--output", "-o") { Description = "The directory to write to.", HelpName = "DIR", DefaultValueFactory = _ => "." };
        var name = Options.Name("The model's name in files and generated code; the file's name when left out.");
        var targets = Targets();
        var (ram, flash) = (Options.Ram(), Options.Flash());
        var (space, golden) = (Options.Namespace(), Options.Golden());
        var (board, assemblies) = (Options.Board(), Options.Assemblies());
        var (reset, optimize, portable, json) = (Options.ResetState(), Options.Optimize(), Options.Portable(), Options.Json());

        var command = new Command("compile", "Writes the model image, the same model as C, its C# class and a report.") { model, folder, name, targets, board, assemblies, ram, flash, space, golden, reset, optimize, portable, json };
        command.SetAction(parsed =>
        {
            var chosen = parsed.GetValue(board) is { } known ? Board.Named(known) : null;
            var wanted = chosen is not null && parsed.GetResult(targets) is null or { Implicit: true } ? [chosen!.Machine.Core] : CoresOf(parsed.GetValue(targets)!);
            var cores = Options.Cores(parsed.GetValue(portable), wanted);
            var compiled = ModelFile.Compile(parsed.GetValue(model)!, parsed.GetValue(name), parsed.GetValue(reset), cores, parsed.GetValue(optimize), new Limits(parsed.GetValue(ram), parsed.GetValue(flash)));
            compiled = Options.WithGolden(compiled, parsed.GetValue(golden));
            var report = Report.Of(compiled);

            var fit = chosen is null ? null : BoardFit.Of(compiled, chosen, parsed.GetValue(assemblies));

            var paths = OutputFolder.Write(parsed.GetValue(folder)!, Files(compiled, report, parsed.GetValue(space)!));
            var output = parsed.InvocationConfiguration.Output;
            Options.WarnOfMissingAssembler(parsed, parsed.GetValue(portable));
            if (parsed.GetValue(json))
            {
                output.Write(ReportJson.Write(report));
            }
            else
            {
                output.WriteLine($"{compiled.Name}: {report.Macs:N0} MACs, arena {report.ArenaBytes:N0} bytes, image {report.ImageBytes:N0} bytes");
                if (fit is not null)
                {
                    output.WriteLine(fit);
                }

                output.WriteLine($"wrote {string.Join(", ", paths)}");
            }

            return CommandLine.Good;
        });
        return command;
    }

    private static IEnumerable<(string Name, byte[] Content)> CodeFiles(CompiledModel model)
    {
        var c = CWriter.Identifier(model.Name);
        yield return ($"{c}.c", Encoding.UTF8.GetBytes(CSourceEmitter.Emit(model)));
        yield return ($"{c}.h", Encoding.UTF8.GetBytes(CHeaderEmitter.Emit(model)));
        yield return ($"{c}.S", Encoding.UTF8.GetBytes(CSourceEmitter.Assembly(model)));
    }

    internal static IReadOnlyList<(string Name, byte[] Content)> Files(CompiledModel model, Report report, string space = Options.DefaultNamespace)
    {
        var c = CWriter.Identifier(model.Name);
        var map = ArenaMap.Text(model.Plan, model.Schedule);

        return
        [
            ($"{model.Name}.tim", model.Image),
            ($"{c}.c", Encoding.UTF8.GetBytes(CSourceEmitter.Emit(model))),
            ($"{c}.h", Encoding.UTF8.GetBytes(CHeaderEmitter.Emit(model))),
            .. model.Programs.Where(program => program.Core != Core.Portable).SelectMany(program => CodeFiles(model.Alone(program))),
            ($"{model.Name}.g.cs", Encoding.UTF8.GetBytes(CSharpEmitter.Emit(model, space))),
            ("arena.svg", Encoding.UTF8.GetBytes(ArenaMap.Svg(model.Plan, model.Schedule))),
            .. model.Programs.Count > 1 ? [("pareto.svg", Encoding.UTF8.GetBytes(ParetoChart.Svg(model)))] : Array.Empty<(string, byte[])>(),
            ("report.md", Encoding.UTF8.GetBytes(ReportMarkdown.Write(report, map))),
            ("report.json", Encoding.UTF8.GetBytes(ReportJson.Write(report))),
        ];
    }

    /// <summary>The cores among the targets of the option below.</summary>
    internal static Codegen.Core[] CoresOf(string targets) =>
        [.. TargetNames.Machines.Where(machine => targets.Split(',').Contains(machine.Build.Name)).Select(machine => machine.Core)];

    internal static Option<string> Targets()
    {
        var option = new Option<string>("--target")
        {
            Description = "Cores that the image is for, separated by commas; the image also runs on portable kernels.",
            HelpName = "T,T",
            DefaultValueFactory = _ => "cortex-m4,cortex-m7",
        };
        option.Validators.Add(result =>
        {
            foreach (var unknown in result.Tokens.Take(1).SelectMany(token => token.Value.Split(',')).Except(TargetNames.All))
            {
                result.AddError($"there is no target \"{unknown}\" (supported: {string.Join(", ", TargetNames.All)})");
            }
        });
        return option;
    }
}
