// SPDX-License-Identifier: MIT
using System.CommandLine;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Verification;

namespace TinyInfer.Compiler.Commands;

/// <summary>run MODEL --input FILE --output FILE: raw tensors in, raw tensors out.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var model = Options.Model();
        var input = new Option<string>("--input") { Description = "All input tensors of an invocation, one after the other, as the model stores them.", HelpName = "FILE", Required = true };
        var output = new Option<string>("--output") { Description = "Gets all output tensors alike.", HelpName = "FILE", Required = true };
        var sequence = new Option<bool>("--sequence") { Description = "The input holds any number of invocations; state is kept from each to the next." };
        var (target, rounding) = (Options.Target(), Options.RoundingRule());
        var (reset, optimize, portable) = (Options.ResetState(), Options.Optimize(), Options.Portable());

        var command = new Command("run", "Runs a model once, or on a sequence.") { model, target, input, output, sequence, rounding, reset, optimize, portable };
        command.SetAction(parsed =>
        {
            var place = TargetNames.Create(parsed.GetValue(target)!, parsed.GetValue(rounding));
            var compiled = ModelFile.Compile(parsed.GetValue(model)!, name: null, parsed.GetValue(reset), Options.Cores(parsed.GetValue(portable), place.Core), parsed.GetValue(optimize));
            var path = parsed.GetValue(input)!;
            var bytes = ModelFile.Read(path);
            var invocations = Invocations(path, bytes.Length, Case.Sizes(compiled).Inputs, parsed.GetValue(sequence));

            OutputFile.Write(parsed.GetValue(output)!, place.Run(new TargetRun(compiled.Image, bytes, invocations, parsed.GetValue(sequence))));
            return CommandLine.Good;
        });
        return command;
    }

    private static int Invocations(string path, int length, int size, bool sequence)
    {
        var fits = sequence ? size > 0 && length > 0 && length % size == 0 : length == size;
        return fits
            ? sequence ? length / size : 1
            : throw new CompilerException($"{path}: the file has {length} bytes, the model's inputs have {size}{(sequence ? ", times the number of invocations" : "")}");
    }
}
