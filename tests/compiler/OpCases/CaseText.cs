// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases;

/// <summary>Reads the lines of cases.txt; tests/ops/README.md describes them.</summary>
internal static partial class CaseText
{
    public static IEnumerable<OpCase> Read(string path) =>
        File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').Select(Parse);

    public static OpCase Parse(string text)
    {
        var refused = text.Split("!!");
        var sides = refused[0].Split("->");
        var left = sides[0].Split('|');
        var words = Words(left[0]);
        var attributes = words.Skip(1).Where(word => word.Contains('=')).Select(word => word.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        var isBuiltin = Enum.TryParse<BuiltinOperator>(words[0], out var code);
        code = isBuiltin ? code : BuiltinOperator.CUSTOM;
        var random = OpCase.Randomness(text);
        var inputs = new List<CaseTensor?>();
        foreach (var operand in left.Skip(1))
        {
            inputs.Add(Tensor(Words(operand), inputs, random));
        }

        return new OpCase
        {
            Text = text,
            Code = code,
            Version = attributes.Remove("version", out var version) ? int.Parse(version, CultureInfo.InvariantCulture) : 1,
            Options = isBuiltin ? CaseOptions.Of(code, attributes) : new NoOptions(),
            CustomName = isBuiltin ? null : words[0],
            CustomOptions = isBuiltin ? ImmutableSortedDictionary<string, double>.Empty : CustomAttributes(attributes),
            Inputs = inputs,
            Outputs = [.. sides[1].Split('|').Select(operand => Tensor(Words(operand), [], random)!)],
            HasOracle = !words.Contains("no-oracle"),
            Refusal = refused.Length > 1 ? refused[1].Trim() : null,
        };
    }

    private static ImmutableSortedDictionary<string, double> CustomAttributes(Dictionary<string, string> attributes) =>
        attributes.ToImmutableSortedDictionary(pair => pair.Key, pair => double.Parse(pair.Value, CultureInfo.InvariantCulture), StringComparer.Ordinal);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static CaseTensor? Tensor(string[] words, List<CaseTensor?> before, Random random)
    {
        if (words is ["none"])
        {
            return null;
        }

        if (words is [['^', .. var number]])
        {
            return before[int.Parse(number, CultureInfo.InvariantCulture)];
        }

        var constant = words[0] == "const";
        var variable = words[0] == "variable";
        var rest = constant || variable ? words[1..] : words;
        var typed = Typed().Match(rest[0]);
        if (!typed.Success)
        {
            throw new FormatException($"\"{rest[0]}\" is not TYPE[DIMENSIONS]");
        }

        var type = Enum.Parse<TensorType>(typed.Groups[1].Value, ignoreCase: true);
        int[] shape = [.. typed.Groups[2].Value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        var quantization = rest.Skip(1).FirstOrDefault(word => word.Contains('@'));
        var pattern = rest.Skip(1).FirstOrDefault(word => !word.Contains('@'));
        var tensor = new CaseTensor(type, shape, quantization is null ? null : Quantization(quantization, shape, random), pattern);

        return constant
            ? new CaseTensor(type, shape, tensor.Quantization, pattern) { Constant = tensor.Fill(pattern ?? "random", random) }
            : new CaseTensor(type, shape, tensor.Quantization, pattern) { IsVariable = variable };
    }

    private static TfliteQuantization Quantization(string text, int[] shape, Random random)
    {
        var parts = Quantized().Match(text);
        if (!parts.Success)
        {
            throw new FormatException($"\"{text}\" is not SCALE@ZERO_POINT, SCALE,SCALE,..@ZERO_POINT or ~SCALE@ZERO_POINT#AXIS");
        }

        var axis = parts.Groups[3].Success ? int.Parse(parts.Groups[3].Value, CultureInfo.InvariantCulture) : 0;
        var scales = parts.Groups[1].Value is ['~', .. var middle]
            ? Enumerable.Range(0, shape[axis]).Select(_ => Float(middle) * (0.5f + random.NextSingle())).ToArray()
            : parts.Groups[1].Value.Split(',').Select(Float).ToArray();

        return new TfliteQuantization(scales, [.. scales.Select(_ => long.Parse(parts.Groups[2].Value, CultureInfo.InvariantCulture))], axis);
    }

    private static float Float(string text) => float.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(\w+)\[([\d,]*)\]$")]
    private static partial Regex Typed();

    [GeneratedRegex(@"^([^@]+)@(-?\d+)(?:#(\d+))?$")]
    private static partial Regex Quantized();
}
