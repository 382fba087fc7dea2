// SPDX-License-Identifier: MIT
using System.Diagnostics;
using TinyInfer.Compiler.Tests;
using TinyInfer.Quantizer;
using Xunit;

namespace TinyInfer.Models.Tests;

/// <summary>
/// The audio front end. The golden features come from models/keywords/frontend_model.py, which is the specification in
/// ti_frontend.h written in numpy and shares nothing with the C code, its tables included.
/// </summary>
public sealed class FrontendTests
{
    private static readonly string Folder = Path.Combine(Checkout.Root, "firmware-interop", "frontend");

    [Fact]
    public void Tables_are_what_their_generator_writes() =>
        Assert.Equal(FrontendTables.Source(), File.ReadAllText(Path.Combine(Checkout.Root, FrontendTables.File)));

    [Fact]
    public void Features_equal_the_numpy_model_byte_for_byte()
    {
        var golden = Path.Combine(Checkout.Root, "tests", "models", "frontend");
        var program = Path.Combine(Path.GetTempPath(), $"ti-features-{Environment.ProcessId}");
        try
        {
            string[] sources = [Path.Combine(Checkout.Root, "models", "keywords", "features.c"), .. Directory.GetFiles(Folder, "*.c")];
            const string flags = "-std=c11 -O2 -g -Wall -Wextra -Werror -Wundef -Wshadow -Wconversion -Wimplicit-fallthrough -fsanitize=address,undefined -fno-sanitize-recover=all";
            var compiled = Run("gcc", $"{flags} -I{Folder} {string.Join(' ', sources)} -o {program}", []);
            Assert.True(compiled.ExitCode == 0, compiled.Error);

            var result = Run(program, "", File.ReadAllBytes(Path.Combine(golden, "in.bin")));

            Assert.Equal("", result.Error);
            Assert.Equal(File.ReadAllBytes(Path.Combine(golden, "out.bin")), result.Output);
        }
        finally
        {
            File.Delete(program);
        }
    }

    private static (int ExitCode, byte[] Output, string Error) Run(string program, string arguments, byte[] input)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        using var output = new MemoryStream();
        var copied = process.StandardOutput.BaseStream.CopyToAsync(output);
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        copied.Wait();
        process.WaitForExit();
        return (process.ExitCode, output.ToArray(), error.Result);
    }
}
