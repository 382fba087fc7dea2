// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;
using TinyInfer.Compiler.Targets;

namespace TinyInfer.Compiler.Codegen;

/// <summary>Turns routines into bytes with the GNU assembler. All are one section, so that no relocation remains.</summary>
internal static class Assembler
{
    private const string Prefix = "arm-none-eabi-";
    private const string Head = "    .syntax unified\n    .thumb\n    .text\n";
    private const string Package = "binutils-arm-none-eabi";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Null when the assembler is installed, else what to install.</summary>
    public static string? Missing => Tool.Exists(Prefix + "as") && Tool.Exists(Prefix + "objcopy") ? null : $"{Prefix}as is not installed (apt-get install {Package})";

    public static CodeBlock Assemble(IEnumerable<Routine> routines, Core core)
    {
        var all = Routine.Closure(routines);
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("code.s"), Source(all));
        Run("as", folder, [$"-mcpu={(core == Core.CortexM7 ? "cortex-m7" : "cortex-m4")}", "-mfpu=fpv4-sp-d16", "-mfloat-abi=hard", "-mthumb", "code.s", "-o", "code.o"]);
        Run("objcopy", folder, ["-O", "binary", "-j", ".text", "code.o", "code.bin"]);

        // The block begins with a table of its own: the offset of each routine behind the table.
        var bytes = File.ReadAllBytes(folder.File("code.bin"));
        var table = (int)(((uint)(all.Count * sizeof(uint)) + CodeBlock.Alignment - 1) / CodeBlock.Alignment * CodeBlock.Alignment);
        var entries = all.Index().ToDictionary(item => item.Item.Name, item => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(item.Index * sizeof(uint))) & ~1);
        return new CodeBlock(bytes.AsMemory(table), entries);
    }

    /// <summary>The routines as a source file to link with; each is global under its name with a prefix, so that two models can be linked together.</summary>
    public static string SourceFile(string prefix, IEnumerable<Routine> routines)
    {
        var all = Routine.Closure(routines);
        var globals = all.Select(routine => $"    .global {prefix}_{routine.Name}\n    .type {prefix}_{routine.Name}, %function\n    .thumb_set {prefix}_{routine.Name}, {routine.Name}\n");
        return $"/* Made by tinyinfer; do not edit. */\n{Head}{Text(all)}\n{string.Concat(globals)}    .section .note.GNU-stack, \"\", %progbits\n";
    }

    private static string Text(IEnumerable<Routine> routines) => string.Concat(routines.Select(routine => $"\n    .p2align 2\n    .thumb_func\n{routine.Name}:\n{routine.Text}"));

    private static string Source(IReadOnlyList<Routine> all)
    {
        var text = new StringBuilder(Head);
        foreach (var routine in all)
        {
            text.Append($"    .word {routine.Name} - code\n");
        }

        return text.Append($"    .balign {CodeBlock.Alignment}\ncode:\n").Append(Text(all)).Append("    .p2align 2\n").ToString();
    }

    private static void Run(string tool, TemporaryFolder folder, IReadOnlyList<string> arguments)
    {
        var result = Tool.Run(Tool.Find(Prefix + tool, Package), arguments, folder.Path, Limit);
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Prefix}{tool} refuses the code of a program:\n{result.Error.Trim()}");
        }
    }
}
