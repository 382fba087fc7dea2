// SPDX-License-Identifier: MIT
using System.Text.Json;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Commands;

/// <summary>A model that can be computed by hand, on every target.</summary>
public sealed class RunAndVerifyTests : IDisposable
{
    private static readonly byte[] Input = [3, 5];
    private static readonly byte[] Expected = [3 + (2 * 5) + 1, unchecked((byte)(3 - 5))];
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [ToolchainTheory]
    [InlineData("host")]
    [InlineData("host-asan")]
    [InlineData("cortex-m4")]
    [InlineData("cortex-m7")]
    public void Run_writes_the_output_tensors(string target)
    {
        var run = CommandRun.Of("run", Model(), "--target", target, "--input", _scratch.Write("in.bin", Input), "--output", _scratch.Path("out.bin"));
        Assert.Equal((0, "", ""), (run.Exit, run.Output, run.Error));
        Assert.Equal(Expected, File.ReadAllBytes(_scratch.Path("out.bin")));
    }

    [ToolchainTheory]
    [InlineData("host")]
    [InlineData("cortex-m4")]
    public void A_sequence_runs_every_invocation(string target)
    {
        var run = CommandRun.Of(
            "run", Model(), "--sequence", "--target", target, "--input", _scratch.Write("in.bin", [.. Input, 0, 0, .. Input]), "--output", _scratch.Path("out.bin"));
        Assert.Equal(0, run.Exit);
        Assert.Equal([.. Expected, 1, 0, .. Expected], File.ReadAllBytes(_scratch.Path("out.bin")));
    }

    [ToolchainTheory]
    [InlineData("host")]
    [InlineData("cortex-m7")]
    public void Verify_names_the_first_difference(string target)
    {
        var model = Model();
        Cases();
        var good = CommandRun.Of("verify", model, "--target", target);
        Assert.Equal((0, "2 passed, 0 failed\n", ""), (good.Exit, good.Output, good.Error));

        _scratch.Write("out1.bin", [1, 7]);
        var bad = CommandRun.Of("verify", model, "--target", target);
        Assert.Equal(1, bad.Exit);
        Assert.Equal("out1.bin: output 0 \"y\", element 1: expected 7, got 0 (1 bytes differ)\n1 passed, 1 failed\n", bad.Output);
    }

    [ToolchainTheory]
    [InlineData("host")]
    [InlineData("cortex-m4")]
    [InlineData("cortex-m7")]
    public void A_damaged_image_is_refused_by_the_runtime_itself(string target)
    {
        var image = ModelFile.Compile(Model()).Image;
        image[^1] ^= 1;
        var refusal = Assert.Throws<CompilerException>(() => TargetNames.Create(target).Run(new TargetRun(image, Input, 1)));
        Assert.EndsWith("the image is damaged: its checksum does not match", refusal.Message, StringComparison.Ordinal);
    }

    [ToolchainFact]
    public void Verify_of_a_corpus_has_a_line_for_each_model()
    {
        Model();
        Cases();
        _scratch.Write("broken.tflite", new byte[100]);
        var run = CommandRun.Of("verify", "--corpus", _scratch.Folder);
        var lines = run.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(0, run.Exit);
        Assert.StartsWith("refused broken: not a TensorFlow Lite model", lines[0], StringComparison.Ordinal);
        Assert.Equal("exact   dense: 2 cases", lines[1]);
        Assert.Equal("1 passed, 0 failed, 1 refused", lines[^1]);

        using var json = JsonDocument.Parse(CommandRun.Of("verify", "--corpus", _scratch.Folder, "--json").Output);
        Assert.Equal(1, json.RootElement.GetProperty("refused").GetInt32());
        Assert.Equal("exact", json.RootElement.GetProperty("models")[1].GetProperty("outcome").GetString());
    }

    private string Model() => _scratch.Write("dense.tflite", SmallModels.Dense());

    private void Cases()
    {
        _scratch.Write("in0.bin", Input);
        _scratch.Write("out0.bin", Expected);
        _scratch.Write("in1.bin", [0, 0]);
        _scratch.Write("out1.bin", [1, 0]);
    }
}
