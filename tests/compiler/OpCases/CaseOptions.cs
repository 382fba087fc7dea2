// SPDX-License-Identifier: MIT
using System.Globalization;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases;

/// <summary>
/// The attributes of a case, named as the members of the operator's options record: <c>StrideW=2</c>. One that is not given
/// has the schema's default.
/// </summary>
internal static class CaseOptions
{
    public static OperatorOptions Of(BuiltinOperator code, IReadOnlyDictionary<string, string> attributes)
    {
        var defaults = OperatorOptions.Read(code, 0, null, "a case");
        var constructor = defaults.GetType().GetConstructors().Single();
        var parameters = constructor.GetParameters();

        if (attributes.Keys.FirstOrDefault(name => parameters.All(parameter => parameter.Name != name)) is { } unknown)
        {
            throw new FormatException($"{code} has no attribute {unknown} (it has {string.Join(", ", parameters.Select(parameter => parameter.Name))})");
        }

        return (OperatorOptions)constructor.Invoke([.. parameters.Select(parameter => attributes.TryGetValue(parameter.Name!, out var text)
            ? Value(text, parameter.ParameterType)
            : defaults.GetType().GetProperty(parameter.Name!)!.GetValue(defaults))]);
    }

    private static object Value(string text, Type type) =>
        type.IsEnum ? Enum.Parse(type, text)
        : type == typeof(int[]) || type == typeof(IReadOnlyList<int>) ? text.Split(',').Select(int.Parse).ToArray()
        : Convert.ChangeType(text, type, CultureInfo.InvariantCulture);
}
