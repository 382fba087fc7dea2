// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.Text;
using TinyInfer.Compiler.Emit;

namespace TinyInfer.Compiler.Commands;

/// <summary>pack MODEL -o DIR --namespace N: what a nanoFramework application needs of a model, and the one line that brings it in.</summary>
internal static class PackCommand
{
    public static Command Create()
    {
        var model = Options.Model();
        var folder = new Option<string>("--output", "-o") { Description = "The directory to write to, inside the project.", HelpName = "DIR", DefaultValueFactory = _ => "." };
        var space = Options.Namespace();
        var name = new Option<string?>("--name") { Description = "The model's name; the file's name when left out." };
        var (targets, portable) = (CompileCommand.Targets(), Options.Portable());
        var golden = Options.Golden();

        var command = new Command("pack", "Writes a C# class, the image as a resource, and a .props file to import into the .nfproj.") { model, folder, space, name, targets, portable, golden };
        command.SetAction(parsed =>
        {
            var cores = Options.Cores(parsed.GetValue(portable), CompileCommand.CoresOf(parsed.GetValue(targets)!));
            var compiled = Options.WithGolden(ModelFile.Compile(parsed.GetValue(model)!, parsed.GetValue(name), cores), parsed.GetValue(golden));
            var paths = OutputFolder.Write(parsed.GetValue(folder)!, Files(compiled, parsed.GetValue(space)!));

            var output = parsed.InvocationConfiguration.Output;
            output.WriteLine($"wrote {string.Join(", ", paths)}");
            output.WriteLine($"in the project: <Import Project=\"{paths[^1]}\" />");
            output.WriteLine($"in the source:  using (var model = new {parsed.GetValue(space)}.{CSharpEmitter.ClassName(compiled.Name)}())");
            return CommandLine.Good;
        });
        return command;
    }

    private static IReadOnlyList<(string Name, byte[] Content)> Files(CompiledModel model, string space)
    {
        var name = CSharpEmitter.ClassName(model.Name);

        return
        [
            ($"{model.Name}.g.cs", Encoding.UTF8.GetBytes(CSharpEmitter.Emit(model, space))),
            ($"{name}.resources", NanoResource.Write(name, model.Image)),
            ($"{model.Name}.props", Encoding.UTF8.GetBytes(CSharpEmitter.Props(model, space))),
        ];
    }
}
