// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text;
using TinyInfer.Compiler.Boards;
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Emit;

namespace TinyInfer.Compiler.Commands;

/// <summary>
/// pack MODEL... -o DIR --namespace N: what a nanoFramework application needs of its models, and the one line that brings it in. All
/// models of a call share one resource file, because the device's ResourceManager finds what is in an assembly's first one only.
/// </summary>
internal static class PackCommand
{
    private const string Together = "Models";

    public static Command Create()
    {
        var models = new Argument<string[]>("MODEL.tflite") { Description = "Quantized TensorFlow Lite models, all that the application runs.", Arity = ArgumentArity.OneOrMore };
        var folder = new Option<string>("--output", "-o") { Description = "The directory to write to, inside the project.", HelpName = "DIR", DefaultValueFactory = _ => "." };
        var space = Options.Namespace();
        var name = Options.Name($"The model's name; the file's name when left out. Of several models, the name of what they share; {Together} when left out.");
        var golden = new Option<string[]>("--golden") { Description = "A directory of cases; in0.bin and out0.bin go into the image for the device's self-test. Of several models, one for each in their order.", HelpName = "DIR" };
        var (targets, portable, board, assemblies) = (CompileCommand.Targets(), Options.Portable(), Options.Board(), Options.Assemblies());
        var (optimize, ram, flash) = (Options.Optimize(), Options.Ram(), Options.Flash());

        var command = new Command("pack", "Writes a C# class for each model, their images as one resource file, and a .props file to import into the .nfproj.") { models, folder, space, name, targets, board, assemblies, ram, flash, optimize, portable, golden };
        command.SetAction(parsed =>
        {
            var chosen = parsed.GetValue(board) is { } known ? Board.Named(known) : null;
            var wanted = chosen is not null && parsed.GetResult(targets) is null or { Implicit: true } ? [chosen!.Machine.Core] : CompileCommand.CoresOf(parsed.GetValue(targets)!);
            var (files, cases) = (parsed.GetValue(models)!, parsed.GetValue(golden)!);
            if (cases.Length != 0 && cases.Length != files.Length)
            {
                throw new CompilerException($"--golden: {files.Length} models and {cases.Length} directories of cases (supported: one for each model, in their order, or none)");
            }

            var alone = files.Length == 1 ? parsed.GetValue(name) : null;
            var (cores, limits) = (Options.Cores(parsed.GetValue(portable), wanted), new Limits(parsed.GetValue(ram), parsed.GetValue(flash)));
            CompiledModel[] compiled =
            [
                .. files.Select((file, index) => Options.WithGolden(
                    ModelFile.Compile(file, alone, resetState: false, cores, parsed.GetValue(optimize), limits), cases.ElementAtOrDefault(index))),
            ];
            var fit = chosen is null ? null : BoardFit.Of(compiled, chosen, parsed.GetValue(assemblies));
            var packed = new PackedModels(compiled, parsed.GetValue(space)!, files.Length == 1 ? null : parsed.GetValue(name) ?? Together);
            var paths = OutputFolder.Write(parsed.GetValue(folder)!, packed.Files());

            Options.WarnOfMissingAssembler(parsed, parsed.GetValue(portable));
            var output = parsed.InvocationConfiguration.Output;
            if (fit is not null)
            {
                output.WriteLine(fit);
            }

            output.WriteLine($"wrote {string.Join(", ", paths)}");
            output.WriteLine($"in the project: <Import Project=\"{paths[^1]}\" />");
            foreach (var model in compiled)
            {
                output.WriteLine($"in the source:  using (var model = new {parsed.GetValue(space)}.{CSharpEmitter.ClassName(model.Name)}())");
            }

            return CommandLine.Good;
        });
        return command;
    }
}
