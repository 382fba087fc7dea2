// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Commands;
using TinyInfer.Compiler.Emit;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Verification;
using Xunit;

namespace TinyInfer.Compiler.Tests.Targets;

/// <summary>NAME.c builds under the strict flags of the device sources, for the host and for both cores, and computes what the image does.</summary>
public sealed class CSourceTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly Build HostBuild = Build.Host;

    [ToolchainTheory]
    [InlineData("clothes")]
    [InlineData("gated")]
    [InlineData("keywords")]
    [InlineData("motion")]
    [InlineData("clothes_binary")]
    public void C_source_gives_the_recorded_outputs(string name) =>
        Check(Path.Combine(Checkout.Root, "models", name, $"{name}.tflite"), Path.Combine(Checkout.Root, "models", name, "cases"));

    [ToolchainCorpusTheory]
    [InlineData("core/mlperf_resnet8_int8")]
    [InlineData("core/mlperf_ad01_int8")]
    [InlineData("zoo/tinymaix_mnist_resnet_q")]
    [InlineData("zoo/ml-zoo_har_int8")]
    public void C_source_of_public_models_gives_the_recorded_outputs(string name) =>
        Check(Path.Combine(Corpus.Folder!, name, "model.tflite"), Path.Combine(Corpus.Folder!, name));

    [ToolchainTheory]
    [InlineData("cortex-m4")]
    [InlineData("cortex-m7")]
    public void C_source_builds_for_the_device(string target)
    {
        using var folder = new TemporaryFolder();
        var model = ModelFile.Compile(Path.Combine(Checkout.Root, "models", "keywords", "keywords.tflite"));
        Write(model, folder);
        Compile(TargetNames.Machines.First(machine => machine.Build.Name == target).Build, folder, ["-c", "keywords.c", "-o", "keywords.o"]);
    }

    /// <summary>Linked with its generated code and run on the emulated core: the bytes of the image on the same core, and the recorded ones.</summary>
    [ToolchainTheory]
    [InlineData("keywords", "cortex-m4")]
    [InlineData("keywords", "cortex-m7")]
    [InlineData("motion", "cortex-m4")]
    [InlineData("motion", "cortex-m7")]
    public void C_source_with_generated_code_computes_what_the_image_does(string name, string target) =>
        CheckOnDevice(Path.Combine(Checkout.Root, "models", name, $"{name}.tflite"), Path.Combine(Checkout.Root, "models", name, "cases"), target);

    [ToolchainCorpusTheory]
    [InlineData("core/tflm_keyword_scrambled_8bit", "cortex-m4")]
    [InlineData("core/mlperf_ad01_int8", "cortex-m7")]
    public void C_source_of_public_models_with_generated_code_computes_what_the_image_does(string name, string target) =>
        CheckOnDevice(Path.Combine(Corpus.Folder!, name, "model.tflite"), null, target);

    [ToolchainFact]
    public void C_source_with_code_in_RAM_computes_what_the_image_does() =>
        CheckOnDevice(Path.Combine(Checkout.Root, "models", "keywords", "keywords.tflite"), Path.Combine(Checkout.Root, "models", "keywords", "cases"), "cortex-m4", Goal.Latency);

    private static void CheckOnDevice(string path, string? cases, string target, Goal goal = Goal.Balanced)
    {
        const int Runs = 3;
        using var folder = new TemporaryFolder();
        var (tree, machine) = (SourceTree.Current, TargetNames.Machines.First(machine => machine.Build.Name == target));
        var model = ModelFile.Compile(path, name: null, resetState: false, [machine.Core], goal, new Limits());
        var alone = model.Alone(model.ProgramFor(machine.Core));
        var name = CWriter.Identifier(alone.Name);
        var (inputs, outputs) = Case.Sizes(model);
        var noise = new byte[Runs * inputs];
        new Random(1).NextBytes(noise);
        for (var k = 0; k < Runs && cases is not null; k++)
        {
            File.ReadAllBytes(Path.Combine(cases, $"in{k}.bin")).CopyTo(noise, k * inputs);
        }

        Write(alone, folder);
        File.WriteAllText(folder.File($"{name}.S"), CSourceEmitter.Assembly(alone));
        Assert.Equal(goal == Goal.Latency, alone.Programs[0].HotBytes > 0);
        File.WriteAllBytes(folder.File("inputs.bin"), noise);
        string[] board = ["-nostartfiles", "-Wl,--gc-sections", "-Wl,--no-warn-rwx-segments", "-L", tree.PathOf("emulator/common"), "-T", tree.PathOf($"emulator/{machine.Name}/link.ld")];
        var common = new BuildCache(tree, machine.Build).Objects(tree.Files(["emulator/common"], ".c", ".S"));
        Compile(machine.Build, folder,
        [
            $"-DMODEL={name}", $"-DMODEL_HEADER=\"{name}.h\"", $"-DINPUT_BYTES={inputs}", $"-DOUTPUT_BYTES={outputs}", $"-DRUNS={Runs}",
            .. board, $"{name}.c", $"{name}.S", tree.PathOf("tests/runners/c-source/device.c"), .. common, RuntimeLibrary.DeviceParts(tree, machine.Build)[^1], "-lm", "-o", "linked.elf",
        ]);
        Emulator.Run(machine, folder.File("linked.elf"), folder.Path, []);

        var got = File.ReadAllBytes(folder.File("outputs.bin"));
        Assert.Contains(alone.Schedule.Steps, step => step.Call.Routine is not null);
        Assert.Equal(new EmulatedTarget(machine).Run(new TargetRun(model.Image, noise, Runs)), got);
        for (var k = 0; k < Runs && cases is not null; k++)
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(cases, $"out{k}.bin")), got[(k * outputs)..((k + 1) * outputs)]);
        }
    }

    private static void Check(string path, string cases)
    {
        using var folder = new TemporaryFolder();
        var model = ModelFile.Compile(path);
        var name = CWriter.Identifier(model.Name);
        var (inputs, outputs) = Case.Sizes(model);
        Write(model, folder);

        var device = SourceTree.Current.Files(["firmware-interop/kernels"], ".c").Select(SourceTree.Current.PathOf);
        Compile(HostBuild, folder,
        [
            $"-DMODEL={name}", $"-DMODEL_HEADER=\"{name}.h\"", $"-DINPUT_BYTES={inputs}", $"-DOUTPUT_BYTES={outputs}",
            $"{name}.c", SourceTree.Current.PathOf("tests/runners/c-source/main.c"), .. device, "-lm", "-o", "runner",
        ]);

        for (var k = 0; File.Exists(Path.Combine(cases, $"in{k}.bin")); k++)
        {
            Run(folder.File("runner"), [Path.Combine(cases, $"in{k}.bin"), folder.File("out.bin"), "1"], folder);
            Assert.Equal(File.ReadAllBytes(Path.Combine(cases, $"out{k}.bin")), File.ReadAllBytes(folder.File("out.bin")));
        }
    }

    private static void Write(CompiledModel model, TemporaryFolder folder)
    {
        var name = CWriter.Identifier(model.Name);
        File.WriteAllText(folder.File($"{name}.c"), CSourceEmitter.Emit(model));
        File.WriteAllText(folder.File($"{name}.h"), CHeaderEmitter.Emit(model));
    }

    private static void Compile(Build build, TemporaryFolder folder, IReadOnlyList<string> arguments) => Run(
        build.Compiler, [.. build.Flags(SourceTree.Current), "-I", SourceTree.Current.PathOf("firmware-interop"), "-I", folder.Path, .. arguments], folder);

    private static void Run(string tool, IReadOnlyList<string> arguments, TemporaryFolder folder)
    {
        var result = Tool.Run(tool, arguments, folder.Path, Limit);
        Assert.True(result.ExitCode == 0, result.Error);
    }
}
