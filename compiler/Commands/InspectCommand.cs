// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spectre.Console;
using TinyInfer.Compiler.Emit;
using TinyInfer.Compiler.Import;

namespace TinyInfer.Compiler.Commands;

/// <summary>inspect MODEL: what the model is and what it will cost, or every reason why it cannot run.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var (model, json) = (Options.Model(), Options.Json());
        var command = new Command("inspect", "Layers, shapes, MACs, arena and flash; every operator that is not supported.") { model, json };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(model)!;
            var problems = ModelFile.Named(path, bytes => Importer.Problems(bytes));
            var terminal = new Terminal(parsed.InvocationConfiguration);

            return problems.Count > 0
                ? Refuse(path, problems, terminal, parsed.GetValue(json))
                : Show(ModelFile.Compile(path), terminal, parsed.GetValue(json));
        });
        return command;
    }

    private static int Refuse(string path, IReadOnlyList<string> problems, Terminal terminal, bool json)
    {
        if (json)
        {
            terminal.Output.Write(ReportJson.Write(new { Model = path, Problems = problems }));
        }

        foreach (var problem in problems)
        {
            terminal.Error.WriteLine($"{path}: {problem}");
        }

        return CommandLine.Refused;
    }

    private static int Show(CompiledModel model, Terminal terminal, bool json)
    {
        var report = Report.Of(model);
        if (json)
        {
            terminal.Output.Write(ReportJson.Write(report));
            return CommandLine.Good;
        }

        var table = new Table().Border(TableBorder.Simple)
            .AddColumn(new TableColumn("#").RightAligned()).AddColumn("operation").AddColumn("kernel").AddColumn("output")
            .AddColumn(new TableColumn("MACs").RightAligned()).AddColumn(new TableColumn("constants").RightAligned()).AddColumn("layer");
        foreach (var layer in report.Layers)
        {
            var shape = layer.Outputs.Count > 0 ? $"{layer.Outputs[0].Type}[{string.Join(",", layer.Outputs[0].Shape)}]" : "";
            table.AddRow([$"{layer.Index}", .. new[] { layer.Op, layer.Kernel, shape, $"{layer.Macs:N0}", $"{layer.ConstantBytes:N0}", Shortened(layer.Name) }.Select(Markup.Escape)]);
        }

        terminal.Write(table);
        foreach (var (role, tensors) in new[] { ("input", report.Inputs), ("output", report.Outputs) })
        {
            foreach (var tensor in tensors)
            {
                var scale = tensor.Scale is { } value ? FormattableString.Invariant($", real = {value:G9} * (stored - {tensor.ZeroPoint})") : "";
                terminal.Output.WriteLine($"{role} \"{tensor.Name}\" {tensor.Type} [{string.Join(",", tensor.Shape)}]{scale}");
            }
        }

        foreach (var loop in report.Loops ?? [])
        {
            terminal.Output.WriteLine($"loop \"{Shortened(loop.Name)}\": {loop.RunsAs}");
        }

        terminal.Output.WriteLine($"MACs {report.Macs:N0} (nominal {report.NominalMacs:N0})");
        terminal.Output.WriteLine($"arena {report.ArenaBytes:N0} bytes, state {report.StateBytes:N0} bytes, image {report.ImageBytes:N0} bytes of flash");
        return CommandLine.Good;
    }

    private static string Shortened(string name) => name.Length <= 48 ? name : "..." + name[^45..];
}
