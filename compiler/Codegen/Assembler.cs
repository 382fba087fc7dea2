// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using TinyInfer.Compiler.Targets;

namespace TinyInfer.Compiler.Codegen;

/// <summary>Turns routines into bytes with the GNU assembler. All are one section, so that no relocation remains.</summary>
internal static class Assembler
{
    private const string Prefix = "arm-none-eabi-";
    private const string Head = "    .syntax unified\n    .thumb\n    .text\n";
    private const string HotSection = "    .ifndef TINYINFER_CODE_STAYS\n    .section .data.tinyinfer_code, \"awx\", %progbits\n    .endif\n";
    private const string Package = "binutils-arm-none-eabi";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Null when the assembler is installed, else what to install.</summary>
    public static string? Missing => Tool.Exists(Prefix + "as") && Tool.Exists(Prefix + "objcopy") ? null : $"{Prefix}as is not installed (apt-get install {Package})";

    /// <param name="shared">Routines that the program of another core has too.</param>
    /// <param name="hot">Pieces that may run from RAM, and come first.</param>
    public static CodeBlock Assemble(IEnumerable<Routine> routines, Core core, SharedRoutines shared, params IReadOnlyList<HotPart> hot)
    {
        const string HotEnd = "code_hot_end";
        var (all, aligned) = shared.Arrange(Routine.Closure(routines), core);
        var (cold, apart) = Texts(all, hot, isLinked: false, aligned);
        var text = $"{apart}    .p2align 2\n{HotEnd}:\n{cold}";
        string[] names = [.. hot.Select(part => part.Name), HotEnd, .. all.Select(routine => routine.Name)];
        var (bytes, offsets) = Bytes(names, Symbols(part => 0) + text, core);
        if (hot.Count > 0)
        {
            // Lengths do not depend on the offsets.
            (bytes, _) = Bytes(names, Symbols(part => offsets[part.Name] | 1) + text, core);
        }

        return new CodeBlock(bytes, all.ToDictionary(routine => routine.Name, routine => offsets[routine.Name]), offsets[HotEnd], hot);

        string Symbols(Func<HotPart, int> offset) => string.Concat(hot.Select(part => string.Create(CultureInfo.InvariantCulture, $"    .set {part.Offset}, {offset(part)}\n")));
    }

    /// <summary>Bytes of each piece that may run from RAM, by its name, and of each loop around one, by its label.</summary>
    public static IReadOnlyDictionary<string, int> Measure(IEnumerable<Routine> routines, Core core)
    {
        var measured = Routine.Closure(routines).Select(routine => (routine.Name, Marked: HotPart.Measured(routine.Text))).ToArray();
        (string Name, string From, string To)[] spans = [.. measured.SelectMany(routine => routine.Marked.Spans)];
        var text = string.Concat(measured.Select(routine => Entry(routine.Name, routine.Marked.Text)));
        var (_, offsets) = Bytes([.. spans.SelectMany(span => new[] { span.From, span.To }).Distinct()], text, core);
        return spans.DistinctBy(span => span.Name).ToDictionary(span => span.Name, span => offsets[span.To] - offsets[span.From]);
    }

    // Before the code there is a table: the offset of each name behind the table.
    private static (ReadOnlyMemory<byte> Code, IReadOnlyDictionary<string, int> Offsets) Bytes(IReadOnlyList<string> names, string text, Core core)
    {
        using var folder = new TemporaryFolder();
        var words = string.Concat(names.Select(name => $"    .word {name} - code\n"));
        File.WriteAllText(folder.File("code.s"), $"{Head}{words}    .balign {CodeBlock.Alignment}\ncode:\n{text}    .p2align 2\n");
        Run("as", folder, [$"-mcpu={(core == Core.CortexM7 ? "cortex-m7" : "cortex-m4")}", "-mfpu=fpv4-sp-d16", "-mfloat-abi=hard", "-mthumb", "code.s", "-o", "code.o"]);
        Run("objcopy", folder, ["-O", "binary", "-j", ".text", "code.o", "code.bin"]);

        var bytes = File.ReadAllBytes(folder.File("code.bin"));
        var table = (int)(((uint)(names.Count * sizeof(uint)) + CodeBlock.Alignment - 1) / CodeBlock.Alignment * CodeBlock.Alignment);
        return (bytes.AsMemory(table), names.Index().ToDictionary(item => item.Item, item => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(item.Index * sizeof(uint))) & ~1));
    }

    /// <summary>The routines as a source file to link with; each is global under its name with a prefix, so that two models can be linked together.</summary>
    /// <param name="hot">Pieces that go to memory which start-up code fills.</param>
    public static string SourceFile(string prefix, IEnumerable<Routine> routines, params IReadOnlyList<HotPart> hot)
    {
        var all = Routine.Closure(routines);
        var (cold, apart) = Texts(all, hot, isLinked: true);
        var ram = hot.Count == 0 ? "" : $"{HotSection}{apart}    .text\n";
        var globals = all.Select(routine => $"    .global {prefix}_{routine.Name}\n    .type {prefix}_{routine.Name}, %function\n    .thumb_set {prefix}_{routine.Name}, {routine.Name}\n");
        return $"/* Made by tinyinfer; do not edit. */\n{Head}{ram}{cold}\n{string.Concat(globals)}    .section .note.GNU-stack, \"\", %progbits\n";
    }

    private static (string Cold, string Hot) Texts(IReadOnlyList<Routine> routines, IReadOnlyList<HotPart> hot, bool isLinked, Routine? aligned = null)
    {
        var names = hot.Select(part => part.Name).ToHashSet();
        var (cold, apart) = (new StringBuilder(), new StringBuilder());
        foreach (var routine in routines)
        {
            var (rest, parts) = names.Count == 0 ? (routine.Text, "") : HotPart.Split(routine.Text, part => names.Contains(part.Name), isLinked);
            cold.Append(routine == aligned ? $"    .balign {CodeBlock.Alignment}\n" : "").Append(Entry(routine.Name, rest));
            apart.Append(parts);
        }

        return (cold.ToString(), apart.ToString());
    }

    private static string Entry(string name, string text) => $"\n    .p2align 2\n    .thumb_func\n{name}:\n{text}";

    private static void Run(string tool, TemporaryFolder folder, IReadOnlyList<string> arguments)
    {
        var result = Tool.Run(Tool.Find(Prefix + tool, Package), arguments, folder.Path, Limit);
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Prefix}{tool} refuses the code of a program:\n{result.Error.Trim()}");
        }
    }
}
