// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Commands;
using TinyInfer.Compiler.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Targets;

/// <summary>The numbers of our own models are those in the files beside them; <c>-t:Goldens</c> writes these again.</summary>
public sealed class GoldenTests
{
    [ReleasedCompilerTheory]
    [InlineData("clothes")]
    [InlineData("gated")]
    [InlineData("keywords")]
    [InlineData("motion")]
    [InlineData("clothes_binary")]
    [InlineData("clothes_int8")]
    public void Bytes_and_cycles_have_not_changed(string name)
    {
        var path = Path.Combine(Checkout.Root, "models", name, $"{name}.tflite");

        Assert.Equal(File.ReadAllText(Path.ChangeExtension(path, ".golden.json")), Golden.Of(path));
    }

    /// <summary>Another version of the cross compiler makes other instructions, so that the numbers say nothing.</summary>
    private sealed class ReleasedCompilerTheoryAttribute : TheoryAttribute
    {
        private const string Version = "12.2";

        public ReleasedCompilerTheoryAttribute() => Skip = Reason()!;

        private static string? Reason()
        {
            try
            {
                var found = Tool.Run(Build.CortexM4.Compiler, ["-dumpfullversion"], Checkout.Root, TimeSpan.FromMinutes(1)).Output.Trim();
                return found.StartsWith(Version, StringComparison.Ordinal) ? null : $"the numbers were made with arm-none-eabi-gcc {Version}, this is {found}";
            }
            catch (CompilerException absent)
            {
                return absent.Message;
            }
        }
    }
}
