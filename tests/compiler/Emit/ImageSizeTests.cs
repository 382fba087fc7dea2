// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Tests.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Emit;

/// <summary>
/// Images with code for both cores and the portable program are at most so many times as large as the file. The default aims at 1.5; two networks with
/// little but code cannot be made that small without giving up generated code.
/// </summary>
public sealed class ImageSizeTests
{
    [ToolchainCorpusTheory]
    [InlineData("tflm_dtln_ns_int8", 1.15)]
    [InlineData("tflm_micro_speech_lstm_int8", 1.15)]
    [InlineData("tflm_mnist_lstm_int8", 1.5)]
    [InlineData("tflm_keyword_scrambled", 1.5)]
    [InlineData("coral_lstm_mnist_ptq", 1.6)]
    [InlineData("tflm_keyword_scrambled_8bit", 1.7)]
    public void Recurrent_networks_hold_their_weights_once(string name, double most)
    {
        var file = File.ReadAllBytes(Directory.GetFiles(Path.Combine(Corpus.Folder!, "core", name), "*.tflite").Single());

        var image = Compiler.Compile(file, name, Core.CortexM4, Core.CortexM7).Image;

        Assert.True(image.Length <= most * file.Length, $"{image.Length:N0} bytes are {(double)image.Length / file.Length:F3} times the file");
    }
}
