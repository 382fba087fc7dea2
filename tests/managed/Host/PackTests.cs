// SPDX-License-Identifier: MIT
using System.Resources;
using System.Xml.Linq;
using TinyInfer.Compiler;
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Commands;
using TinyInfer.Compiler.Emit;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests;
using TinyInfer.Managed.Tests.Lint;
using Xunit;

namespace TinyInfer.Managed.Tests;

/// <summary>What <c>tinyinfer pack</c> writes.</summary>
public sealed class PackTests
{
    private static readonly string Motion = Path.Combine(Checkout.Root, "models/motion/motion.tflite");
    private static readonly string Clothes = Path.Combine(Checkout.Root, "models/clothes/clothes.tflite");

    [Fact]
    public void The_resource_is_the_image_and_nothing_else()
    {
        var image = ModelFile.Compile(Motion).Image;
        using var reader = new ResourceReader(new MemoryStream(NanoResource.Write([("MotionModel", image)])));
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

    // ResourceManager on a device finds what is in the first resource file only.
    [Fact]
    public void Several_models_share_one_resource_file_and_one_import()
    {
        using var folder = new TemporaryFolder();
        using var output = new StringWriter();
        var exit = CommandLine.Run(
            ["pack", Motion, Clothes, "-o", folder.Path, "--namespace", "App", "--golden", Cases(Motion), "--golden", Cases(Clothes), "--portable"], output, TextWriter.Null);

        Assert.Equal(CommandLine.Good, exit);
        Assert.Equal("Models.props Models.resources clothes.g.cs motion.g.cs", string.Join(' ', Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal)));
        Assert.Single(output.ToString().Split('\n'), line => line.StartsWith("in the project: ", StringComparison.Ordinal));

        var props = XDocument.Load(folder.File("Models.props"));
        Assert.Equal("App.Models.resources", Assert.Single(props.Descendants("EmbeddedResource")).Attribute("LogicalName")!.Value);
        Assert.Equal(2, props.Descendants("Compile").Count(item => item.Attribute("Include") is not null));

        using var reader = new ResourceReader(folder.File("Models.resources"));
        foreach (var name in new[] { "MotionModel", "ClothesModel" })
        {
            reader.GetResourceData(name, out _, out var data);
            using var model = Model.FromBytes(data[sizeof(int)..]);
            Assert.Equal(1, model.SelfTest());
            Assert.Equal(0, data.Length % 4);
        }

        var sources = Directory.EnumerateFiles(folder.Path, "*.cs").Select(file => (file, File.ReadAllText(file))).ToArray();
        Assert.All(sources, source => Assert.Contains("ResourceFile = \"App.Models\"", source.Item2));
        Assert.Empty(SubsetLint.Check(DeviceCompilation.Of("App", sources, DeviceCompilation.Emit(LintTests.Managed))));
    }

    [Fact]
    public void Models_that_would_be_one_class_are_refused()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Motion, folder.File("a-b.tflite"));
        File.Copy(Motion, folder.File("a b.tflite"));
        Assert.Equal(
            "the models \"a-b\" and \"a b\" would share the class or resource id ABModel: rename a file\n",
            Refusal("pack", folder.File("a-b.tflite"), folder.File("a b.tflite"), "--portable", "-o", folder.Path));
    }

    [Fact]
    public void Cases_for_some_of_the_models_are_refused() => Assert.StartsWith(
        "--golden: 2 models and 1 directories of cases", Refusal("pack", Motion, Clothes, "--golden", Cases(Motion)));

    [Fact]
    public void Each_model_is_compiled_within_the_limits_for_the_goal()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(CommandLine.Good, CommandLine.Run(["pack", Motion, "-o", folder.Path, "--target", "cortex-m4", "--optimize", "flash"], TextWriter.Null, TextWriter.Null));

        using var reader = new ResourceReader(folder.File("MotionModel.resources"));
        reader.GetResourceData("MotionModel", out _, out var data);
        Assert.Equal(ModelFile.Compile(Motion, null, resetState: false, [Core.CortexM4], Goal.Flash).Image, data[sizeof(int)..]);
        Assert.NotEqual(ModelFile.Compile(Motion, null, Core.CortexM4).Image, data[sizeof(int)..]);

        Assert.Matches(@"the model needs at least [\d,]+ bytes of arena and state, --ram allows 100\n$", Refusal("pack", Motion, "--portable", "--ram", "100", "-o", folder.Path));
        Assert.Matches(@"--flash allows 100\n$", Refusal("pack", Motion, "--portable", "--flash", "100", "-o", folder.Path));
    }

    [Fact]
    public void What_does_not_fit_a_board_is_not_packed()
    {
        using var folder = new TemporaryFolder();
        var arguments = new[] { "--board", "ST_STM32F429I_DISCOVERY", "--portable", "-o", folder.Path };
        Assert.Matches(
            @"^the image of [\d,]+ bytes and 390,000 for assemblies \(--assemblies\) do not fit ST_STM32F429I_DISCOVERY, where 393,216 bytes can be deployed\n$",
            Refusal(["pack", Motion, "--assemblies", "390000", .. arguments]));
        Assert.Matches(
            @"^the images of [\d,]+ bytes and 370,000 for assemblies \(--assemblies\) do not fit ",
            Refusal(["pack", Motion, Clothes, "--assemblies", "370000", .. arguments]));
        Assert.Matches(
            @"^the models need [\d,]+ bytes of RAM for tensors, ST_NUCLEO64_F401RE_NF has 12,288 of SRAM left\n$",
            Refusal("pack", Motion, Clothes, "--assemblies", "0", "--portable", "--board", "ST_NUCLEO64_F401RE_NF", "-o", folder.Path));
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    private static string Cases(string model) => Path.Combine(Path.GetDirectoryName(model)!, "cases");

    private static string Refusal(params string[] arguments)
    {
        using var error = new StringWriter();
        Assert.Equal(CommandLine.Refused, CommandLine.Run(arguments, TextWriter.Null, error));
        return error.ToString();
    }
}
