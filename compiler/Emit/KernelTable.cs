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
        var bodies = new Dictionary<string, (string Header, string Body)>();
        var constants = new Dictionary<string, string>();
        foreach (var header in Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.EndsWith(".h")))
        {
            var text = Text(header);
            foreach (Match match in EnumConstant().Matches(text))
            {
                constants[match.Groups[1].Value] = match.Groups[2].Value;
            }

            foreach (Match match in Struct().Matches(text))
            {
                bodies[match.Groups[1].Value] = (header, Comment().Replace(match.Groups[2].Value, ""));
            }
        }

        return bodies
            .Where(entry => entry.Key.StartsWith("ti_") && entry.Key.EndsWith("_params"))
            .ToDictionary(entry => entry.Key["ti_".Length..^"_params".Length], entry => new ParameterStruct(entry.Value.Header, [.. Members(entry.Value.Body)]));

        // A member itself, or those of the struct it is: rows.in.
        IEnumerable<string> Members(string body) => Member().Matches(body).SelectMany(member => member.Groups[1].Success
            ? Members(bodies.TryGetValue(member.Groups[1].Value, out var part) ? part.Body : "").Select(inner => $"{member.Groups[2].Value}.{inner}")
            : [member.Groups[2].Value + Dimension(member.Groups[3].Value, constants)]);
    }

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
