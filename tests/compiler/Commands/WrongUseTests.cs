// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using TinyInfer.Compiler.Tflite;
using Xunit;

namespace TinyInfer.Compiler.Tests.Commands;

/// <summary>What users get wrong, through the command line: one clear sentence on stderr, exit code 1 or 2, nothing half written.</summary>
public sealed class WrongUseTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [MemberData(nameof(ModelCommands))]
    public void A_missing_file(string command) => Refused(command, _scratch.Path("none.tflite"), "there is no such file");

    [Theory]
    [MemberData(nameof(ModelCommands))]
    public void A_directory(string command) => Refused(command, _scratch.Folder, "this is a directory, not a file");

    [Theory]
    [MemberData(nameof(ModelCommands))]
    public void An_empty_file(string command) =>
        Refused(command, _scratch.Write("empty.tflite", []), "not a TensorFlow Lite model: the file is empty");

    [Theory]
    [MemberData(nameof(ModelCommands))]
    public void A_text_file(string command) =>
        Refused(command, _scratch.Write("text.tflite", "Dear reader, this is a letter."u8.ToArray()), "not a TensorFlow Lite model: the file is text");

    [Theory]
    [MemberData(nameof(ModelCommands))]
    public void A_truncated_model(string command) =>
        Refused(command, _scratch.Write("cut.tflite", TfliteWriter.Write(SmallModels.Dense())[..300]), "cut.tflite: ");

    [Theory]
    [MemberData(nameof(ModelCommands))]
    public void A_newer_schema(string command) =>
        Refused(command, _scratch.Write("newer.tflite", SmallModels.Dense() with { Version = 4 }), "schema version 4 is not supported (supported: 3)");

    [Theory]
    [MemberData(nameof(ModelCommands))]
    public void A_float_model_of_an_operator_for_truth_values(string command) =>
        Refused(command, _scratch.Write("float.tflite", SmallModels.Dense(TensorType.FLOAT32, BuiltinOperator.LOGICAL_AND)), "operator 0 LOGICAL_AND \"y\":", "float32");

    [Theory]
    [MemberData(nameof(ModelCommands))]
    public void An_operator_that_is_not_supported(string command) =>
        Refused(command, _scratch.Write("hash.tflite", SmallModels.Dense(code: BuiltinOperator.HASHTABLE_LOOKUP)), "operator 0 HASHTABLE_LOOKUP \"y\": the operator is not supported");

    [Fact]
    public void An_input_of_the_wrong_size()
    {
        var model = _scratch.Write("dense.tflite", SmallModels.Dense());
        var input = _scratch.Write("input.bin", new byte[3]);
        Sentence(1, CommandRun.Of("run", model, "--input", input, "--output", _scratch.Path("out.bin")), "input.bin: the file has 3 bytes, the model's inputs have 2");
        Assert.False(File.Exists(_scratch.Path("out.bin")));
        Sentence(1, CommandRun.Of("profile", model, "--input", input), "input.bin: the file has 3 bytes, the model's inputs have 2");

        _scratch.Write("in0.bin", new byte[3]);
        _scratch.Write("out0.bin", new byte[2]);
        Sentence(1, CommandRun.Of("verify", model), "in0.bin: the file has 3 bytes, the model's inputs have 2");
    }

    [Fact]
    public void An_output_that_cannot_be_written()
    {
        var model = _scratch.Write("dense.tflite", SmallModels.Dense());
        var input = _scratch.Write("input.bin", new byte[2]);
        var before = Directory.EnumerateFileSystemEntries(_scratch.Folder).Order().ToArray();

        Sentence(1, CommandRun.Of("run", model, "--input", input, "--output", _scratch.Path("no/where/out.bin")), "out.bin: the file cannot be written: there is no directory");
        Sentence(1, CommandRun.Of("run", model, "--input", input, "--output", _scratch.Folder), "the file cannot be written: a directory is in its place");
        Sentence(1, CommandRun.Of("run", model, "--input", input, "--output", Path.Combine(input, "out.bin")), "out.bin: the file cannot be written");
        Sentence(1, CommandRun.Of("compile", model, "-o", Path.Combine(input, "folder")), $"the directory cannot be made: {input} is a file");
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(_scratch.Folder).Order());
    }

    [Theory]
    [InlineData]
    [InlineData("verfy")]
    [InlineData("verify")]
    [InlineData("verify", "a.tflite", "--corpus", "b")]
    [InlineData("verify", "a.tflite", "--target", "cortex-m3")]
    [InlineData("verify", "a.tflite", "--rounding", "up")]
    [InlineData("run", "a.tflite", "--output", "b")]
    [InlineData("run", "a.tflite", "b.tflite", "--input", "a", "--output", "b")]
    [InlineData("profile", "a.tflite", "--target", "host")]
    [InlineData("profile", "a.tflite", "--jsno")]
    [InlineData("compile", "a.tflite", "--ram", "much")]
    [InlineData("compile", "a.tflite", "--flash", "99999999999")]
    [InlineData("compile", "a.tflite", "--assemblies", "-1")]
    [InlineData("compile", "a.tflite", "--target", "")]
    [InlineData("compile", "a.tflite", "--target", "cortex-m4,")]
    [InlineData("compile", "a.tflite", "--optimize", "speed")]
    [InlineData("compile", "a.tflite", "--board", "none")]
    [InlineData("compile", "a.tflite", "--name", "../a")]
    [InlineData("pack", "a.tflite", "--name", "a/b")]
    [InlineData("pack", "a.tflite", "--namespace", "1a")]
    [InlineData("dump", "a.tflite", "--after", "never")]
    public void A_command_line_that_makes_no_sense(params string[] arguments) => Sentence(2, CommandRun.Of(arguments), "");

    /// <summary>Two gigabytes in a file of a few hundred bytes: what is said is checked before anything is allocated by it.</summary>
    [Fact]
    public void A_claim_of_gigabytes()
    {
        var model = SmallModels.Dense();
        var main = model.Subgraphs[0];
        var huge = TfliteWriter.Write(model with { Subgraphs = [main with { Tensors = [.. main.Tensors.Select((tensor, i) => main.Inputs.Contains(i) ? tensor with { Shape = [1, 46340, 46340] } : tensor)] }] });
        Refused("compile", _scratch.Write("shape.tflite", huge));

        var file = TfliteWriter.Write(model);
        BinaryPrimitives.WriteInt32LittleEndian(file, int.MaxValue);
        Refused("compile", _scratch.Write("root.tflite", file), "table lies outside the file");
    }

    [Fact]
    public void A_corpus_without_models() => Sentence(1, CommandRun.Of("verify", "--corpus", _scratch.Folder), "there is no .tflite file below this directory");

    public static TheoryData<string> ModelCommands() => ["verify", "run", "profile", "compile", "pack", "dump", "inspect"];

    private void Refused(string command, string model, params string[] parts)
    {
        string[] more = command switch
        {
            "run" => ["--input", _scratch.Write("zeros.bin", new byte[2]), "--output", _scratch.Path("out.bin")],
            "verify" => ["--cases", _scratch.Folder],
            "compile" or "pack" => ["-o", _scratch.Path("compiled")],
            _ => [],
        };
        Sentence(1, CommandRun.Of([command, model, .. more]), parts);
        Assert.False(Path.Exists(_scratch.Path("out.bin")) || Path.Exists(_scratch.Path("compiled")));
    }

    private static void Sentence(int exit, CommandRun run, params string[] parts)
    {
        Assert.Equal(exit, run.Exit);
        Assert.Equal("", run.Output);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("internal error", run.Error, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.True(run.Error.Contains(part, StringComparison.Ordinal), $"no \"{part}\" in: {run.Error}"));
    }
}
