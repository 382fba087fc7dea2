// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Text.RegularExpressions;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Emit;

/// <summary>
/// What the compiler knows of the device's kernels, read from <c>firmware-interop/kernels</c>, which is embedded in it: the number
/// of each from kernels.def, and its header and the members of its parameter struct from the headers.
/// </summary>
internal static partial class KernelTable
{
    private static readonly Dictionary<string, int> Numbers = ReadNumbers();
    private static readonly Dictionary<string, ParameterStruct> Structs = ReadStructs();

    public static IEnumerable<string> Names => Numbers.Keys;

    public static int NumberOf(string kernel) =>
        Numbers.TryGetValue(kernel, out var number) ? number : throw new InvalidOperationException($"kernels.def has no kernel {kernel}");

    /// <summary>Path of the header that declares the kernel, below firmware-interop.</summary>
    public static string HeaderOf(string kernel) => StructOf(kernel).Header;

    /// <summary>The members of the kernel's parameter struct, in order; arrays with their size, members of nested structs with a dot.</summary>
    public static IReadOnlyList<string> MembersOf(string kernel) => StructOf(kernel).Members;

    /// <summary>Throws when the parameters of a call are not the members of the C struct, all and in order. Generated code has no struct.</summary>
    public static void CheckParameters(KernelCall call)
    {
        if (call.Routine is not null)
        {
            return;
        }

        var given = call.Parameters.Select(field => field.Content is int[] items ? $"{field.Name}[{items.Length}]" : field.Name);
        var declared = StructOf(call.Kernel).Members;
        if (!given.SequenceEqual(declared))
        {
            throw new InvalidOperationException(
                $"struct ti_{call.Kernel}_params is ({string.Join(", ", declared)}), the call gives ({string.Join(", ", given)})");
        }
    }

    private static ParameterStruct StructOf(string kernel) =>
        Structs.TryGetValue(kernel, out var found) ? found : throw new InvalidOperationException($"no header declares struct ti_{kernel}_params");

    private static Dictionary<string, int> ReadNumbers() =>
        NumberLine().Matches(Text("kernels.def")).ToDictionary(line => line.Groups[2].Value, line => int.Parse(line.Groups[1].Value));

    private static Dictionary<string, ParameterStruct> ReadStructs()
    {
        var structs = new Dictionary<string, ParameterStruct>();
        var parts = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var header in Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.EndsWith(".h")).OrderByDescending(name => name.StartsWith("kernels/common/")))
        {
            var text = Text(header);
            var constants = EnumConstant().Matches(text).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
            foreach (Match match in Struct().Matches(text))
            {
                string[] members = [.. Member().Matches(Comment().Replace(match.Groups[2].Value, "")).SelectMany(member => Members(member, constants, parts))];
                parts[match.Groups[1].Value] = members;
                if (match.Groups[1].Value is ['t', 'i', '_', .. var kernel] && kernel.EndsWith("_params"))
                {
                    structs[kernel[..^"_params".Length]] = new ParameterStruct(header, members);
                }
            }
        }

        return structs;
    }

    /// <summary>The member itself, or those of the struct it is: <c>rows.in</c>.</summary>
    private static IEnumerable<string> Members(Match member, Dictionary<string, string> constants, Dictionary<string, IReadOnlyList<string>> parts) =>
        member.Groups[1].Success
            ? parts.GetValueOrDefault(member.Groups[1].Value, []).Select(part => $"{member.Groups[2].Value}.{part}")
            : [member.Groups[2].Value + Dimension(member.Groups[3].Value, constants)];

    private static string Dimension(string text, Dictionary<string, string> constants) =>
        text.Length == 0 ? "" : $"[{constants.GetValueOrDefault(text[1..^1], text[1..^1])}]";

    private static string Text(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"^TI_KERNEL\((\d+), (\w+)\)", RegexOptions.Multiline)]
    private static partial Regex NumberLine();

    [GeneratedRegex(@"struct (\w+)\s*\{(.*?)\n\};", RegexOptions.Singleline)]
    private static partial Regex Struct();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?:int32_t|float|struct (\w+))\s+(\w+)(\[\w+\])?;")]
    private static partial Regex Member();

    [GeneratedRegex(@"\b(TI_\w+)\s*=\s*(\d+)")]
    private static partial Regex EnumConstant();

    private sealed record ParameterStruct(string Header, IReadOnlyList<string> Members);
}
