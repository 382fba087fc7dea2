// SPDX-License-Identifier: MIT
using System.CommandLine;
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Passes;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Commands;

/// <summary>dump MODEL [--after PASS]: the graph as text, as imported, after one pass, or after the last.</summary>
internal static class DumpCommand
{
    private const string Import = "import";

    public static Command Create()
    {
        var model = Options.Model();
        string[] stages = [Import, .. Pipeline.Cleaning.Concat(Pipeline.Looping).Concat(Pipeline.Rewriting).Select(Name)];
        var after = new Option<string>("--after") { Description = $"The stage to stop at: {string.Join(", ", stages)}.", HelpName = "PASS", DefaultValueFactory = _ => stages[^1] };
        Options.Restrict(after, stages);

        var command = new Command("dump", "Prints the graph of a model after a pass of the compiler.") { model, after };
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.Write(ModelFile.Named(parsed.GetValue(model)!, file => Print(file, parsed.GetValue(after)!)));
            return CommandLine.Good;
        });
        return command;
    }

    private static string Print(byte[] file, string stage)
    {
        var graph = Importer.Import(TfliteReader.Read(file), "model");
        var text = stage == Import ? GraphPrinter.Print(graph) : "";
        void Keep(IPass pass, Graph now) => text = Name(pass) == stage ? GraphPrinter.Print(now) : text;

        Pipeline.Clean(graph, Keep);
        Pipeline.FindLoops(graph, Keep);
        Pipeline.Rewrite(graph, Keep);
        return text;
    }

    private static string Name(IPass pass) => pass.GetType().Name;
}
