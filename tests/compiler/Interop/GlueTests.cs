// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;
using TinyInfer.Compiler.Emit;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Targets;
using TinyInfer.Compiler.Verification;
using Xunit;

namespace TinyInfer.Compiler.Tests.Interop;

/// <summary>The glue between nanoCLR's stack frames and ti_native.h, run on this machine over the stand-in of tests/firmware/nanoclr.</summary>
public sealed class GlueTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly string[] Sanitized = ["-g", "-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"];

    [ToolchainFact]
    public void Every_method_reaches_its_function_with_its_arguments()
    {
        using var folder = new TemporaryFolder();
        var tree = SourceTree.Current;
        var model = ModelFile.Compile(tree.PathOf("models/motion/motion.tflite"));
        var golden = Case.Of(tree.PathOf("models/motion/cases"), model).First();
        File.WriteAllBytes(folder.File("motion.tim"), model.WithGolden([new GoldenCase(golden.Inputs, golden.Expected)]).Image);

        string[] includes = ["-I", tree.PathOf("firmware-interop/include"), "-I", tree.PathOf("tests/firmware/nanoclr")];
        string[] native = [.. FirmwareBuild.Engine, .. tree.Files(["firmware-interop/interop", "tests/runners/host-shared"], ".c")];
        Build("gcc", [.. Sanitized, "-std=c11", .. includes, "-c", .. native.Select(tree.PathOf)], folder.Path);
        Build("g++", [.. Sanitized, "-std=c++20", "-Wall", "-Wextra", "-Werror", "-Wshadow", .. includes, "-c", tree.PathOf("tests/firmware/glue.cpp"), .. FirmwareBuild.Glue.Select(tree.PathOf)], folder.Path);
        Build("g++", [.. Sanitized, .. Directory.EnumerateFiles(folder.Path, "*.o"), "-lm", "-o", "glue"], folder.Path);

        var run = Tool.Run(folder.File("glue"), ["motion.tim"], folder.Path, Limit);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
    }

    [Fact]
    public void The_native_version_is_that_of_the_managed_assembly()
    {
        var managed = Regex.Match(Source("managed/TinyInfer.Native/AssemblyInfo.cs"), """AssemblyNativeVersion\("([\d.]+)"\)""").Groups[1].Value;
        var native = Regex.Match(Source("firmware-interop/interop/ti_interop_table.cpp"), @"\{(\d+), (\d+), (\d+), (\d+)\}");

        Assert.Equal(managed, string.Join('.', native.Groups.Values.Skip(1)));
    }

    /// <summary>nf-interpreter's build lists native assemblies by an expression over their sources, in FindNF_NativeAssemblies.cmake.</summary>
    [Fact]
    public void The_build_of_nf_interpreter_can_read_the_checksum()
    {
        var listed = Regex.Match(
            Source("firmware-interop/interop/ti_interop_table.cpp"),
            @"[ \t\r\n]+CLR_RT_NativeAssemblyData[ \t\r\n]+g_CLR_AssemblyNative_TinyInfer_Native[ \t\r\n]*=[^{]+{[^0]+0x([0-9A-Za-z]+)[^{]+{[ \t\r\n]*([0-9]+)");
        var checksum = Regex.Match(Source("firmware-interop/interop/native_methods.def"), "TI_NATIVE_CHECKSUM 0x([0-9A-F]+)").Groups[1].Value;

        Assert.True(listed.Success);
        Assert.Equal(checksum, listed.Groups[1].Value);
    }

    private static string Source(string path) => File.ReadAllText(SourceTree.Current.PathOf(path));

    private static void Build(string compiler, IEnumerable<string> arguments, string folder)
    {
        var result = Tool.Run(Tool.Find(compiler, "gcc g++ libc6-dev"), arguments, folder, Limit);
        Assert.True(result.ExitCode == 0, result.Error);
    }
}
