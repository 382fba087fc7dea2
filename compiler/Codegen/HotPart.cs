// SPDX-License-Identifier: MIT
using System.Globalization;

namespace TinyInfer.Compiler.Codegen;

/// <summary>
/// A piece of a routine that may run from RAM: <see cref="ThumbWriter.Hot"/> marks it in the text, where it stays when it does not. What is fetched from RAM
/// takes no lines from the flash's cache, and the loop around it does without them.
/// </summary>
/// <param name="Name">The label of the piece when it is apart.</param>
/// <param name="Rounds">How often an invocation of the routine comes by.</param>
/// <param name="Argument">Where the routine's fifth argument lies, in bytes from the stack pointer: the address of all hot code.</param>
/// <param name="At">A register that is free before the piece.</param>
/// <param name="Spare">Another one.</param>
/// <param name="Back">Keeps the way back.</param>
/// <param name="First">Its first line in the text, behind the mark.</param>
/// <param name="End">The line of the mark behind it.</param>
/// <param name="Loop">The label of the innermost loop that it is a part of; empty: of none.</param>
/// <param name="LoopFirst">The line of that label.</param>
/// <param name="LoopEnd">Behind the last branch to it.</param>
internal sealed record HotPart(string Name, int Rounds, int Argument, string At, string Spare, string Back, int First, int End, string Loop, int LoopFirst, int LoopEnd)
{
    private const string Begin = "@hot ";
    private const string Finish = "@end ";

    /// <summary>The symbol for the offset of the piece in the hot code, with the bit that says Thumb.</summary>
    public string Offset => $"{Name}_at";

    public static string MarkOf(string name, int rounds, int argument, Reg at, Reg spare, Fp back) =>
        string.Create(CultureInfo.InvariantCulture, $"{Begin}{name} {rounds} {argument} {at} {spare} {back}\n");

    public static string EndOf(string name) => $"{Finish}{name}\n";

    /// <summary>Every marked piece of a routine's text, in its order.</summary>
    public static IReadOnlyList<HotPart> Of(string text)
    {
        if (!text.Contains(Begin, StringComparison.Ordinal))
        {
            return [];
        }

        var lines = text.Split('\n');
        return [.. lines.Index().Where(line => line.Item.StartsWith(Begin, StringComparison.Ordinal)).Select(line => Of(lines, line.Index))];
    }

    /// <summary>A routine without some of its pieces, which it calls instead, and these.</summary>
    /// <param name="apart">Which.</param>
    /// <param name="isLinked">True: a linker places the pieces; false: they are at their offset in the hot code.</param>
    public static (string Cold, string Hot) Split(string text, Func<HotPart, bool> apart, bool isLinked = false)
    {
        var parts = Of(text).Where(apart).ToArray();
        var lines = text.Split('\n');
        var (cold, hot) = (new List<string>(), new List<string>());
        var done = 0;
        foreach (var part in parts)
        {
            part.CheckBranches(lines);
            cold.AddRange(lines[done..(part.First - 1)]);
            cold.AddRange(part.Call(isLinked));
            hot.AddRange(["    .p2align 3", "    .thumb_func", $"{part.Name}:", $"    vmov {part.Back}, lr", .. lines[part.First..part.End], $"    vmov lr, {part.Back}", "    bx lr"]);
            done = part.End + 1;
        }

        cold.AddRange(lines[done..]);
        return (string.Join('\n', cold), string.Concat(hot.Select(line => $"{line}\n")));
    }

    /// <summary>The text with a label at both ends of each piece and of the loop around it, and for each pair what it measures.</summary>
    public static (string Text, IReadOnlyList<(string Name, string From, string To)> Spans) Measured(string text)
    {
        var lines = text.Split('\n');
        var spans = new List<(string, string, string)>();
        foreach (var part in Of(text))
        {
            spans.Add((part.Name, Mark($"{part.Name}_first", part.First), Mark($"{part.Name}_end", part.End)));
            if (part.Loop.Length > 0)
            {
                spans.Add((part.Loop, part.Loop, Mark($"{part.Name}_loop", part.LoopEnd)));
            }
        }

        return (string.Join('\n', lines), spans);

        string Mark(string label, int line)
        {
            lines[line] = $"{label}:\n{lines[line]}";
            return label;
        }
    }

    private IEnumerable<string> Call(bool isLinked) => isLinked
        ? [$"    movw {At}, #:lower16:{Name}", $"    movt {At}, #:upper16:{Name}", $"    blx {At}"]
        : [$"    ldr {At}, [sp, #{Argument.ToString(CultureInfo.InvariantCulture)}]", $"    movw {Spare}, #{Offset}", $"    add {At}, {At}, {Spare}", $"    blx {At}"];

    private static HotPart Of(string[] lines, int mark)
    {
        var words = lines[mark].Split(' ');
        int Number(int word) => int.Parse(words[word], CultureInfo.InvariantCulture);
        var end = Array.IndexOf(lines, EndOf(words[1]).TrimEnd('\n'), mark);
        var (label, behind) = LoopAround(lines, mark, end);
        return new HotPart(words[1], Number(2), Number(3), words[4], words[5], words[6], mark + 1, end, label < 0 ? "" : lines[label][..^1], label, behind);
    }

    // From the last label before it that is branched back to behind it, to the last such branch.
    private static (int Label, int Behind) LoopAround(string[] lines, int mark, int end)
    {
        for (var label = mark - 1; label >= 0; label--)
        {
            if (lines[label].EndsWith(':') && Array.FindLastIndex(lines, line => TargetOf(line) == lines[label][..^1]) is var branch && branch > end)
            {
                return (label, branch + 1);
            }
        }

        return (-1, -1);
    }

    // A branch into the piece or out of it would go astray when the piece lies elsewhere.
    private void CheckBranches(string[] lines)
    {
        var labels = lines.Index().Where(line => line.Item.EndsWith(':')).ToDictionary(line => line.Item[..^1], line => line.Index);
        bool Inside(int line) => line >= First && line < End;
        foreach (var (index, line) in lines.Index())
        {
            if (TargetOf(line) is { } target && (labels.TryGetValue(target, out var at) ? Inside(at) != Inside(index) : Inside(index)))
            {
                throw new InvalidOperationException($"{Name}: a branch to {target} leads into the piece or out of it.");
            }
        }
    }

    private static string? TargetOf(string line) => line.StartsWith("    b", StringComparison.Ordinal) && line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var target] ? target : null;
}
