// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.RegularExpressions;
using TinyInfer.Compiler.Codegen;

namespace TinyInfer.Compiler.Tests.Interop;

/// <summary>Stack of generated routines, read off their text: code runs straight from entry to exit, loops leave the stack as it was.</summary>
internal static partial class GeneratedStack
{
    /// <summary>What <see cref="StackTests"/> allows a routine.</summary>
    public const int Limit = 256;

    public static int Of(Routine routine)
    {
        var (depth, deepest) = (0, 0);
        foreach (var line in routine.Text.Split('\n'))
        {
            depth += Change(line.Trim());
            deepest = Math.Max(deepest, depth);
        }

        return deepest + routine.Calls.Select(Of).DefaultIfEmpty().Max();
    }

    private static int Change(string line)
    {
        if (Saved().Match(line) is { Success: true } saved)
        {
            var bytes = saved.Groups["list"].Value.Split(',').Sum(part => Registers(part.Trim()));
            return saved.Groups["way"].Value.EndsWith("push", StringComparison.Ordinal) ? bytes : -bytes;
        }

        if (Moved().Match(line) is { Success: true } moved)
        {
            var bytes = int.Parse(moved.Groups["bytes"].Value, CultureInfo.InvariantCulture);
            return moved.Groups["way"].Value == "sub" ? bytes : -bytes;
        }

        return Other().IsMatch(line) ? throw new InvalidOperationException($"what does this do to the stack: {line}") : 0;
    }

    // r4-r11, s16-s31, lr: four bytes each; double registers have eight.
    private static int Registers(string part)
    {
        var ends = part.Split('-').Select(end => int.TryParse(end[1..], out var number) ? number : 0).ToArray();
        return (ends[^1] - ends[0] + 1) * (part[0] == 'd' ? 8 : 4);
    }

    [GeneratedRegex(@"^(?<way>v?push|v?pop)\s*\{(?<list>[^}]+)\}")]
    private static partial Regex Saved();

    [GeneratedRegex(@"^(?<way>add|sub)(\.w)?\s+(sp|r13)(,\s*(sp|r13))?,\s*#(?<bytes>\d+)$")]
    private static partial Regex Moved();

    [GeneratedRegex(@"^\w+(\.\w+)?\s+(sp|r13)\b|\[(sp|r13)[^\]]*\]!|\[(sp|r13)\],|^(ldm|stm)\w*\s+(sp|r13)!")]
    private static partial Regex Other();
}
