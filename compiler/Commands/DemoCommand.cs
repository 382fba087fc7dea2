// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spectre.Console;
using TinyInfer.Compiler.Profiling;
using TinyInfer.Compiler.Targets;
using Profile = TinyInfer.Compiler.Profiling.Profile;

namespace TinyInfer.Compiler.Commands;

/// <summary>demo: held-out pictures through the clothes model on both emulated cores, and what that costs.</summary>
internal static class DemoCommand
{
    private const int Pictures = 3;
    private const double ClockM4 = 180e6;
    private const double ClockM7 = 216e6;

    public static Command Create()
    {
        var command = new Command("demo", "Classifies real pictures on an emulated Cortex-M4 and Cortex-M7 and shows what it costs.");
        command.SetAction(parsed =>
        {
            var terminal = new Terminal(parsed.InvocationConfiguration);
            var folder = SourceTree.Current.PathOf(Path.Combine("models", "clothes"));
            var model = ModelFile.Compile(Path.Combine(folder, "clothes.tflite"), name: null, Codegen.Core.CortexM4, Codegen.Core.CortexM7);

            Classify(model, folder, terminal);
            var (m4, m7) = (Profiler.Run(model, Machine.CortexM4), Profiler.Run(model, Machine.CortexM7));
            Costs(m4, m7, terminal);
            Baseline(folder, m4, m7, terminal.Output);
            Report(model, m4, m7, terminal.Output);
            return CommandLine.Good;
        });
        return command;
    }

    private static void Classify(CompiledModel model, string folder, Terminal terminal)
    {
        var shape = model.Schedule.Graph.Inputs[0].Shape;
        var truth = File.ReadAllLines(Path.Combine(folder, "cases", "labels.txt"));
        var inputs = Enumerable.Range(0, Pictures).Select(k => File.ReadAllBytes(Path.Combine(folder, "cases", $"in{k}.bin"))).ToList();
        var drawn = inputs.Select(pixels => Picture.Lines(pixels, shape[1], shape[2])).ToList();

        for (var row = 0; row < drawn[0].Count; row++)
        {
            terminal.Output.WriteLine("  " + string.Join("   ", drawn.Select(lines => lines[row])));
        }

        terminal.Output.WriteLine("  " + string.Join("   ", Enumerable.Range(0, Pictures).Select(k => $"a photo of: {TrueLabel(truth, k)}".PadRight(shape[2]))));
        foreach (var machine in TargetNames.Machines)
        {
            var outputs = new EmulatedTarget(machine).Run(new TargetRun(model.Image, inputs.SelectMany(input => input).ToArray(), Pictures));
            terminal.Output.WriteLine("  " + string.Join("   ", outputs.Chunk(outputs.Length / Pictures)
                .Select(scores => $"{Core(machine)} says: {Best(model, scores)}".PadRight(shape[2]))));
        }
    }

    private static string TrueLabel(string[] lines, int index) =>
        lines.Select(line => line.Split(' ', 2)).First(line => line[0] == $"{index}")[1];

    private static string Best(CompiledModel model, byte[] scores)
    {
        var signed = scores.Select(score => (int)(sbyte)score).ToList();
        var best = signed.IndexOf(signed.Max());
        return $"{model.Labels[best]} {100 * (signed[best] + 128) / 256} %";
    }

    private static string Core(Machine machine) => machine == Machine.CortexM4 ? "M4" : "M7";

    private static void Costs(Profile m4, Profile m7, Terminal terminal)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("#").RightAligned()).AddColumn("operation").AddColumn("output")
            .AddColumn(new TableColumn("MAC").RightAligned()).AddColumn(new TableColumn("M4 cycles").RightAligned()).AddColumn(new TableColumn("M7 cycles").RightAligned());
        // The programs of the two cores may differ in their steps; what both know is the layer.
        foreach (var (index, layer) in m4.Layers.GroupBy(step => step.Name).Index())
        {
            var last = layer.Last();
            var other = m7.Layers.Where(step => step.Name == layer.Key).Sum(step => step.Cycles);
            table.AddRow(new[] { $"{index}", last.Op, $"[{string.Join(",", last.Outputs[0].Shape)}]", $"{layer.Sum(step => step.Macs):N0}", $"{layer.Sum(step => step.Cycles):N0}", $"{other:N0}" }
                .Select(cell => new Text(cell)).ToArray());
        }

        terminal.Write(table);
        foreach (var (profile, clock) in new[] { (m4, ClockM4), (m7, ClockM7) })
        {
            terminal.Output.WriteLine(
                $"{profile.Target}: {profile.Cycles:N0} cycles, {1000 * profile.Cycles / clock:0.0} ms at {clock / 1e6:0} MHz; RAM {profile.RamBytes.Total:N0} and {profile.StackBytes:N0} of stack; flash {profile.FlashBytes:N0} bytes");
        }

        terminal.Output.WriteLine("Cycles are estimates by the cycle model of this project (emulator/cyclemodel), memories without wait states.");
    }

    private static void Baseline(string folder, Profile m4, Profile m7, TextWriter output)
    {
        if (BaselineFile.Read(Path.Combine(folder, "baseline.json")) is not { } baseline)
        {
            return;
        }

        var modelBytes = new FileInfo(Path.Combine(folder, "clothes.tflite")).Length;
        output.WriteLine($"{baseline.Engine}, same model, same cycle model:");
        foreach (var (ours, theirs) in new[] { (m4, baseline.M4), (m7, baseline.M7) })
        {
            output.WriteLine(
                $"  {ours.Target}: {theirs.Cycles:N0} cycles (ours {(double)ours.Cycles / theirs.Cycles:0.00} of them), arena {theirs.ArenaBytes:N0} bytes (ours {(double)ours.ArenaBytes / theirs.ArenaBytes:0.00}), flash {theirs.CodeBytes + modelBytes:N0} bytes (ours {(double)ours.FlashBytes / (theirs.CodeBytes + modelBytes):0.00})");
        }
    }

    private static void Report(CompiledModel model, Profile m4, Profile m7, TextWriter output)
    {
        var folder = Path.Combine(SourceTree.Current.Artifacts, "demo");
        var files = CompileCommand.Files(model, Emit.Report.Of(model));
        OutputFolder.Write(folder, [.. files, ("cycles-m4.svg", System.Text.Encoding.UTF8.GetBytes(CycleChart.Svg(m4))), ("cycles-m7.svg", System.Text.Encoding.UTF8.GetBytes(CycleChart.Svg(m7)))]);
        output.WriteLine($"report: {Path.Combine(folder, "report.md")}, pictures beside it (arena.svg, cycles-m4.svg, cycles-m7.svg)");
    }
}
