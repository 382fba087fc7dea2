// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tflite;
using Xunit;

namespace TinyInfer.Compiler.Tests.Targets;

/// <summary>Images larger than the emulated flash and tensors larger than the emulated RAM go to the boards' PSRAM.</summary>
public sealed class LargeModelTests
{
    [ToolchainTheory]
    [InlineData("cortex-m4")]
    [InlineData("cortex-m7")]
    public void An_image_larger_than_flash(string target) => SameAsHost(target, batch: 1, inSize: 2200, outSize: 2200);

    [ToolchainTheory]
    [InlineData("cortex-m4")]
    [InlineData("cortex-m7")]
    public void Tensors_larger_than_ram(string target) => SameAsHost(target, batch: 2_200_000, inSize: 1, outSize: 1);

    [Fact]
    public void A_model_that_fits_nowhere_is_refused()
    {
        var model = Compiler.Compile(Dense(batch: 9_000_000, inSize: 1, outSize: 1), "huge");
        var refusal = Assert.Throws<CompilerException>(() => ModelObject.Source(model.Image, Core.CortexM4));
        Assert.EndsWith("(supported in the emulator: 16777216 in all)", refusal.Message, StringComparison.Ordinal);
    }

    private static void SameAsHost(string target, int batch, int inSize, int outSize)
    {
        var model = Compiler.Compile(Dense(batch, inSize, outSize), "large");
        var run = new TargetRun(model.Image, Noise(batch * inSize), 1);
        Assert.True(TargetNames.Create("host").Run(run).AsSpan().SequenceEqual(TargetNames.Create(target).Run(run)));
    }

    private static byte[] Dense(int batch, int inSize, int outSize)
    {
        var model = new TfliteModelBuilder();
        var x = model.AddTensor("x", TensorType.INT8, [batch, inSize], 0.5f);
        var w = model.AddTensor("w", TensorType.INT8, [outSize, inSize], 0.01f, 0, Noise(outSize * inSize));
        var y = model.AddTensor("y", TensorType.INT8, [batch, outSize], 0.75f);
        var options = new FullyConnectedOptions(ActivationFunction.NONE, FullyConnectedWeights.DEFAULT, false, false, TensorType.FLOAT32);
        return model.AddOperator(BuiltinOperator.FULLY_CONNECTED, options, [x, w], [y]).Inputs(x).Outputs(y).BuildFile();
    }

    private static byte[] Noise(int count)
    {
        var bytes = new byte[count];
        new Random(7).NextBytes(bytes);
        return bytes;
    }
}
