// SPDX-License-Identifier: MIT
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using TinyInfer.Compiler.Boards;
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Emit;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Verification;

namespace TinyInfer.Compiler.Commands;

/// <summary>Arguments and options that several commands share.</summary>
internal static class Options
{
    public const string DefaultNamespace = "Models";

    public static Argument<string> Model() => new("MODEL.tflite") { Description = "A quantized TensorFlow Lite model." };

    public static Option<string> Target()
    {
        var option = new Option<string>("--target")
        {
            Description = "Where it runs: " + string.Join(", ", TargetNames.All) + ".",
            HelpName = "T",
            DefaultValueFactory = _ => "host",
        };
        Restrict(option, TargetNames.All);
        return option;
    }

    /// <summary>Refuses every value but these.</summary>
    public static void Restrict(Option option, IReadOnlyList<string> values) => option.Validators.Add(result =>
    {
        foreach (var unknown in result.Tokens.Where(token => !values.Contains(token.Value)))
        {
            result.AddError($"{option.Name}: there is no \"{unknown.Value}\" (supported: {string.Join(", ", values)})");
        }
    });

    public static Option<string> Namespace()
    {
        var option = new Option<string>("--namespace") { Description = "The namespace of the C# class.", HelpName = "N", DefaultValueFactory = _ => DefaultNamespace };
        option.Validators.Add(result =>
        {
            var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : DefaultNamespace;
            if (!text.Split('.').All(word => word.Length > 0 && !char.IsAsciiDigit(word[0]) && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')))
            {
                result.AddError($"--namespace: \"{text}\" is not a namespace of ASCII letters, digits and underscores, such as App.Models");
            }
        });
        return option;
    }

    /// <summary>Of a model: a part of file names.</summary>
    public static Option<string?> Name(string description)
    {
        var option = new Option<string?>("--name") { Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.Tokens[0].Value is var text && (text.Trim(' ', '.').Length == 0 || text.Any(letter => letter is '/' or '\\' or ':' || char.IsControl(letter))))
            {
                result.AddError($"--name: {Quoted.Name(text)} cannot be the name of a file");
            }
        });
        return option;
    }

    public static Option<string?> Golden() => new("--golden")
    {
        Description = "A directory of cases; in0.bin and out0.bin go into the image for the device's self-test.",
        HelpName = "DIR",
    };

    /// <summary>The model with the first case of the directory in its image.</summary>
    public static CompiledModel WithGolden(CompiledModel model, string? folder)
    {
        if (folder is null)
        {
            return model;
        }

        var first = Case.Of(folder, model).FirstOrDefault(item => !item.Sequence)
            ?? throw new CompilerException($"{folder}: there is no case that starts from reset state (in0.bin with out0.bin)");
        return model.WithGolden([new GoldenCase(first.Inputs, first.Expected)]);
    }

    public static Option<string?> Board()
    {
        var option = new Option<string?>("--board") { Description = "A board with nanoFramework firmware: " + string.Join(", ", Boards.Board.Names) + ".", HelpName = "NAME" };
        Restrict(option, Boards.Board.Names);
        return option;
    }

    public static Option<int> Assemblies()
    {
        const string Name = "--assemblies";
        return new Option<int>(Name)
        {
            Description = "With --board: bytes of deployment to leave for the .pe files of the application and its packages.",
            HelpName = "N",
            DefaultValueFactory = _ => BoardFit.DefaultAssemblyBytes,
            CustomParser = result => NumberOfBytes(Name, result),
        };
    }

    public static Option<bool> Json() => new("--json") { Description = "Machine-readable output." };

    public static Option<bool> ResetState() => new("--reset-state") { Description = "Every invocation starts from the initial state of variables and recurrent cells." };

    public static Option<Goal> Optimize() => new("--optimize")
    {
        Description = "What generated code is chosen for: latency, memory, flash; a balance when left out.",
        HelpName = "GOAL",
        CustomParser = result =>
        {
            switch (result.Tokens[0].Value)
            {
                case "latency":
                    return Goal.Latency;
                case "memory":
                    return Goal.Memory;
                case "flash":
                    return Goal.Flash;
                default:
                    result.AddError($"--optimize: there is no \"{result.Tokens[0].Value}\" (supported: latency, memory, flash)");
                    return Goal.Balanced;
            }
        },
    };

    public static Option<int?> Ram() => Bytes("--ram", "Bytes of arena and state that kernels are chosen within; a model that needs more is refused.");

    public static Option<int?> Flash() => Bytes("--flash", "Bytes of the image that kernels are chosen within; a model that needs more is refused.");

    private static Option<int?> Bytes(string name, string description) =>
        new(name) { Description = description, HelpName = "N", CustomParser = result => NumberOfBytes(name, result) };

    private static int NumberOfBytes(string option, ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes))
        {
            result.AddError($"{option}: \"{text}\" is not a number of bytes (supported: 0 to {int.MaxValue})");
        }

        return bytes;
    }

    public static Option<bool> Portable() => new("--portable") { Description = "Uses the C kernels of the firmware only, no generated code." };

    /// <summary>The cores to generate code for: none where the target runs portable kernels or the assembler is missing.</summary>
    public static IReadOnlyList<Core> Cores(bool portable, params IReadOnlyList<Core> wanted) =>
        portable || Assembler.Missing is not null ? [] : [.. wanted.Where(core => core != Core.Portable)];

    /// <summary>Says on stderr why an image has no generated code that was not asked to do without.</summary>
    public static void WarnOfMissingAssembler(ParseResult parsed, bool portable)
    {
        if (Assembler.Missing is { } missing && !portable)
        {
            parsed.InvocationConfiguration.Error.WriteLine($"{missing}: the image has no generated code and runs on portable kernels");
        }
    }

    public static Option<Rounding> RoundingRule() => new("--rounding")
    {
        Description = "How accumulators are scaled, on host only: double (the contract), double-half-up, single.",
        HelpName = "RULE",
        CustomParser = result => result.Tokens[0].Value switch
        {
            "double" => Rounding.Double,
            "double-half-up" => Rounding.DoubleHalfUp,
            "single" => Rounding.Single,
            var other => Wrong(result, other),
        },
    };

    private static Rounding Wrong(System.CommandLine.Parsing.ArgumentResult result, string rule)
    {
        result.AddError($"there is no rounding \"{rule}\" (supported: double, double-half-up, single)");
        return Rounding.Double;
    }
}
