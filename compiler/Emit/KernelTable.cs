// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;

namespace TinyInfer.Compiler.Emit;

/// <summary>Number of each kernel, read from <c>firmware-interop/kernels/kernels.def</c>, which is embedded in the compiler.</summary>
internal static partial class KernelTable
{
    private static readonly Dictionary<string, int> Numbers = Read();

    public static IEnumerable<string> Names => Numbers.Keys;

    public static int NumberOf(string kernel) =>
        Numbers.TryGetValue(kernel, out var number) ? number : throw new InvalidOperationException($"kernels.def has no kernel {kernel}");

    private static Dictionary<string, int> Read()
    {
        using var stream = typeof(KernelTable).Assembly.GetManifestResourceStream("kernels.def")!;
        using var reader = new StreamReader(stream);
        return Line().Matches(reader.ReadToEnd()).ToDictionary(line => line.Groups[2].Value, line => int.Parse(line.Groups[1].Value));
    }

    [GeneratedRegex(@"^TI_KERNEL\((\d+), (\w+)\)", RegexOptions.Multiline)]
    private static partial Regex Line();
}
