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
public sealed class FrontendTests : IDisposable
{
    private const string Warnings = "-Wall -Wextra -Werror -Wundef -Wshadow -Wconversion -Wimplicit-fallthrough";
    private static readonly string Folder = Path.Combine(Checkout.Root, "firmware-interop", "frontend");
    private static readonly string Golden = Path.Combine(Checkout.Root, "tests", "models", "frontend");
    private static readonly string Emulator = Path.Combine(Checkout.Root, "emulator");
    private readonly string _work = Directory.CreateTempSubdirectory("ti-frontend").FullName;

    public void Dispose() => Directory.Delete(_work, recursive: true);

    [Fact]
    public void Tables_are_what_their_generator_writes() =>
        Assert.Equal(FrontendTables.Source(), File.ReadAllText(Path.Combine(Checkout.Root, FrontendTables.File)));

    [Fact]
    public void Features_equal_the_numpy_model_under_the_sanitizers()
    {
        var main = Path.Combine(Checkout.Root, "models", "keywords", "features.c");
        Run("gcc", $"-std=c11 -O2 -g {Warnings} -fsanitize=address,undefined -fno-sanitize-recover=all {main} {Sources()} -o features");

        var features = Run(Path.Combine(_work, "features"), "", File.ReadAllBytes(Path.Combine(Golden, "in.bin")));

        Assert.Equal(File.ReadAllBytes(Path.Combine(Golden, "out.bin")), features);
    }

    [Theory]
    [InlineData("cortex-m4", "mps2-an386")]
    [InlineData("cortex-m7", "mps2-an500")]
    public void Features_equal_the_numpy_model_on_the_emulated_core(string core, string board)
    {
        var flags = File.ReadAllText(Path.Combine(Checkout.Root, "tests", "runners", core, "flags")).Trim();
        var start = $"-I{Emulator}/common {Emulator}/common/startup.c {Emulator}/common/semihosting.c";
        var link = $"-nostartfiles -L{Emulator}/{board} -L{Emulator}/common -Tlink.ld -Wl,--no-wchar-size-warning";
        Run("arm-none-eabi-gcc", $"-std=gnu2x -fshort-wchar -fno-builtin {Warnings} {flags} {start} {Golden}/main.c {Sources()} {link} -o frontend.elf");
        File.Copy(Path.Combine(Golden, "in.bin"), Path.Combine(_work, "in.bin"));

        Run("qemu-system-arm", $"-M {board} -nographic -semihosting-config enable=on,target=native -kernel frontend.elf");

        Assert.Equal(File.ReadAllBytes(Path.Combine(Golden, "out.bin")), File.ReadAllBytes(Path.Combine(_work, "features.bin")));
    }

    private static string Sources() => $"-I{Folder} {string.Join(' ', Directory.GetFiles(Folder, "*.c"))}";

    private byte[] Run(string program, string arguments, byte[]? input = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _work,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var output = new MemoryStream();
        var copied = process.StandardOutput.BaseStream.CopyToAsync(output);
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        copied.Wait();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0 && error.Result.Length == 0, $"{program} ended with {process.ExitCode}: {error.Result}");
        return output.ToArray();
    }
}
