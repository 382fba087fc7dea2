// SPDX-License-Identifier: MIT
using System.Resources;
using TinyInfer.Compiler;
using TinyInfer.Compiler.Commands;
using TinyInfer.Compiler.Emit;
using TinyInfer.Compiler.Tests;
using TinyInfer.Managed.Tests.Lint;
using Xunit;

namespace TinyInfer.Managed.Tests;

/// <summary>What <c>tinyinfer pack</c> writes.</summary>
public sealed class PackTests
{
    private static readonly string Motion = Path.Combine(Checkout.Root, "models/motion/motion.tflite");

    [Fact]
    public void The_resource_is_the_image_and_nothing_else()
    {
        var image = ModelFile.Compile(Motion).Image;
        using var reader = new ResourceReader(new MemoryStream(NanoResource.Write("MotionModel", image)));
        reader.GetResourceData("MotionModel", out var type, out var data);

        Assert.Single(reader);
        Assert.Equal("ResourceTypeCode.ByteArray", type);
        Assert.Equal(image, data[sizeof(int)..]);
        Assert.Equal(0, image.Length % 4);
    }

    [CorpusTheory]
    [InlineData("zoo/eiq-model-zoo_yolo_face_detect")]
    [InlineData("core/emza_ssd_slim_int8")]
    public void A_class_of_a_model_with_several_tensors_compiles_for_a_device(string name)
    {
        var model = ModelFile.Compile(Path.Combine(Corpus.Folder!, name, "model.tflite"), "a \"strange\" <name> & 3\\d");
        var source = CSharpEmitter.Emit(model, "App.Models");

        Assert.Contains("public sealed class AStrangeName3DModel : TinyInfer.Model", source);
        Assert.Equal(model.Schedule.Graph.Outputs.Count > 1, source.Contains(" Output1 => Outputs[1];", StringComparison.Ordinal));
        Assert.Empty(SubsetLint.Check(DeviceCompilation.Of("App", [("model.g.cs", source)], DeviceCompilation.Emit(LintTests.Managed))));
    }

    [Theory]
    [InlineData("1App")]
    [InlineData("App.")]
    [InlineData("App-Models")]
    public void A_namespace_that_is_none_is_wrong_usage(string space)
    {
        using var error = new StringWriter();
        Assert.Equal(CommandLine.WrongUsage, CommandLine.Run(["pack", Motion, "--namespace", space], TextWriter.Null, error));
        Assert.StartsWith($"--namespace: \"{space}\" is not a namespace", error.ToString());
    }

    [Fact]
    public void A_missing_golden_case_is_refused()
    {
        using var error = new StringWriter();
        Assert.Equal(CommandLine.Refused, CommandLine.Run(["pack", Motion, "--golden", "no such directory"], TextWriter.Null, error));
        Assert.StartsWith("no such directory: there is no such directory of cases", error.ToString());
    }
}
