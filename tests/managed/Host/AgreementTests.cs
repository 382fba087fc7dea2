// SPDX-License-Identifier: MIT
using TinyInfer.Compiler;
using TinyInfer.Compiler.Tests;
using TinyInfer.Compiler.Verification;
using Xunit;
using Xunit.Abstractions;

namespace TinyInfer.Managed.Tests;

/// <summary>Native and managed kernels give the recorded outputs, byte for byte.</summary>
public sealed class AgreementTests(ITestOutputHelper output)
{
    private const int Cases = 3;

    [Theory]
    [InlineData("motion")]
    [InlineData("clothes")]
    [InlineData("gated")]
    public void Both_kernels_give_the_recorded_outputs_of_our_models(string name) =>
        Agree(Path.Combine(Checkout.Root, "models", name, $"{name}.tflite"), Path.Combine(Checkout.Root, "models", name, "cases"));

    [CorpusTheory]
    [InlineData("core/mlperf_kws_dscnn_int8")]
    [InlineData("core/mlperf_resnet8_int8")]
    [InlineData("core/mlperf_ad01_int8")]
    [InlineData("core/tflm_hello_world_int8")]
    [InlineData("core/tflm_micro_speech_int8")]
    [InlineData("zoo/microflow-rs_series_quantized")]
    [InlineData("zoo/magic_wand_magic_wand_model_data")]
    [InlineData("zoo/microflow-rs_speech")]
    [InlineData("zoo/ml-examples_ds_cnn_s_tflu")]
    [InlineData("zoo/microflow-rs_lenet")]
    public void Both_kernels_give_the_recorded_outputs_of_others(string name)
    {
        var folder = Path.Combine(Corpus.Folder!, name);
        Agree(Path.Combine(folder, "model.tflite"), folder);
    }

    [CorpusTheory]
    [InlineData("core/mww_okay_nabu_v2")]
    [InlineData("core/mww_vad_v2")]
    [InlineData("core/tflm_keyword_scrambled_8bit")]
    [InlineData("core/tflm_keyword_scrambled")]
    [InlineData("core/tflm_micro_speech_lstm_int8")]
    [InlineData("core/tflm_mnist_lstm_int8")]
    public void Both_kernels_keep_state_from_run_to_run(string name)
    {
        var folder = Path.Combine(Corpus.Folder!, name);
        var compiled = ModelFile.Compile(Path.Combine(folder, "model.tflite"));
        var sequence = Case.Of(folder, compiled).FirstOrDefault(item => item.Sequence);

        Assert.NotNull(sequence);
        Assert.Equal(sequence.Expected, Run(compiled.Image, sequence.Inputs, managed: false));
        Assert.Equal(sequence.Expected, Run(compiled.Image, sequence.Inputs, managed: true));
    }

    // dotnet build nf.proj -t:Full: every network whose kernels all exist in C#, but for the large ones.
    [FullCorpusFact]
    public void Both_kernels_agree_on_every_small_network_of_the_corpus()
    {
        const long LargestMacs = 4_000_000;
        var (agreed, other) = (0, new List<string>());

        foreach (var path in Corpus.Models())
        {
            CompiledModel model;
            try
            {
                model = ModelFile.Compile(path);
            }
            catch (CompilerException)
            {
                continue;
            }

            if (model.NominalMacs > LargestMacs)
            {
                continue;
            }

            try
            {
                var inputs = new byte[Case.Sizes(model).Inputs];
                new Random(1).NextBytes(inputs);
                Assert.True(Run(model.Image, inputs, managed: false).SequenceEqual(Run(model.Image, inputs, managed: true)), $"{Corpus.NameOf(path)} differs");
                agreed++;
            }
            catch (TinyInferException refusal)
            {
                other.Add($"{Corpus.NameOf(path)}: {refusal.Message}");
            }
        }

        output.WriteLine($"{agreed} agree, {other.Count} need kernels of the firmware\n{string.Join('\n', other)}");
        Assert.True(agreed > 100, $"{agreed} agree");
    }

    private static void Agree(string model, string cases)
    {
        var compiled = ModelFile.Compile(model);
        foreach (var item in Case.Of(cases, compiled).Where(item => !item.Sequence).Take(Cases))
        {
            Assert.Equal(item.Expected, Run(compiled.Image, item.Inputs, managed: false));
            Assert.Equal(item.Expected, Run(compiled.Image, item.Inputs, managed: true));
        }
    }

    private static byte[] Run(byte[] image, byte[] inputs, bool managed)
    {
        Engines.UseManagedKernels = managed;
        try
        {
            using var model = Model.FromBytes(image);
            Assert.Equal(managed ? "managed" : "native", model.Engine);
            var outputs = new List<byte>();
            while (inputs.Length > 0)
            {
                foreach (var input in model.Inputs)
                {
                    inputs = inputs[RawTensor.Write(input, inputs)..];
                }

                model.Run();
                outputs.AddRange(model.Outputs.SelectMany(RawTensor.Read));
            }

            return [.. outputs];
        }
        finally
        {
            Engines.UseManagedKernels = false;
        }
    }
}
