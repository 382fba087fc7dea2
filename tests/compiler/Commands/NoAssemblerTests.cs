// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Commands;

/// <summary>A machine without the cross assembler compiles all the same: an image of portable kernels, and a sentence that says so.</summary>
public sealed class NoAssemblerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("compile")]
    [InlineData("pack")]
    public void Without_an_assembler_there_is_an_image_without_code(string command)
    {
        using var folder = new TemporaryFolder();
        var model = Path.Combine(Checkout.Root, "models", "motion", "motion.tflite");
        var tool = typeof(ModelFile).Assembly.Location;

        var result = Tool.Run("/usr/bin/env", ["PATH=", Environment.ProcessPath!, "exec", tool, command, model, "-o", folder.Path], folder.Path, Limit);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal("arm-none-eabi-as is not installed (apt-get install binutils-arm-none-eabi): the image has no generated code and runs on portable kernels", result.Error.Trim());
        if (command == "compile")
        {
            Assert.Equal(ModelFile.Compile(model).Image, File.ReadAllBytes(folder.File("motion.tim")));
        }

        Assert.Empty(Directory.GetFiles(folder.Path, "*.S"));
    }
}
