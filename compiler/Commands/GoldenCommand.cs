// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text;
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Emit;
using TinyInfer.Compiler.Profiling;
using TinyInfer.Compiler.Targets;

namespace TinyInfer.Compiler.Commands;

/// <summary>golden FILE...: the numbers of a model that matter, written beside it as NAME.golden.json or compared with that file.</summary>
internal static class GoldenCommand
{
    public static Command Create()
    {
        var models = new Argument<string[]>("MODEL.tflite...") { Description = "Models whose numbers are kept.", Arity = ArgumentArity.OneOrMore };
        var check = new Option<bool>("--check") { Description = "Compare and write nothing; exit code 1 when a number has changed." };

        var command = new Command("golden", "Keeps the bytes and estimated cycles of models in files beside them.") { models, check };
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var changed = 0;
            foreach (var path in parsed.GetValue(models)!)
            {
                var file = Path.ChangeExtension(path, ".golden.json");
                var now = Golden.Of(path);
                var before = File.Exists(file) ? File.ReadAllText(file) : "";
                if (now == before)
                {
                    continue;
                }

                changed++;
                output.WriteLine($"{file}: {Golden.FirstChange(before, now)}");
                if (!parsed.GetValue(check))
                {
                    OutputFile.Write(file, Encoding.UTF8.GetBytes(now));
                }
            }

            return changed > 0 && parsed.GetValue(check) ? CommandLine.Refused : CommandLine.Good;
        });
        return command;
    }
}

/// <summary>The numbers of one model as JSON: memory, flash and cycles on both cores.</summary>
internal static class Golden
{
    /// <summary>Of a .tflite file, compiled with generated code for both cores.</summary>
    public static string Of(string path)
    {
        var model = ModelFile.Compile(path, name: null, Core.CortexM4, Core.CortexM7);
        return ReportJson.Write(new
        {
            Model = model.Name,
            Targets = TargetNames.Machines.Select(machine => Numbers(Profiler.Run(model, machine))).ToList(),
        });
    }

    /// <summary>The first line that differs, before and after.</summary>
    public static string FirstChange(string before, string now)
    {
        var (old, current) = (before.Split('\n'), now.Split('\n'));
        var at = Enumerable.Range(0, Math.Max(old.Length, current.Length)).First(i => old.ElementAtOrDefault(i) != current.ElementAtOrDefault(i));
        return $"line {at + 1}: was {old.ElementAtOrDefault(at)?.Trim() ?? "absent"}, is {current.ElementAtOrDefault(at)?.Trim() ?? "absent"}";
    }

    private static object Numbers(Profile profile) => new
    {
        profile.Target,
        profile.Macs,
        profile.Cycles,
        profile.ArenaBytes,
        profile.StackBytes,
        profile.ImageBytes,
        profile.CodeBytes,
        LayerCycles = profile.Layers.Select(layer => layer.Cycles).ToList(),
    };
}
