// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Emit;

/// <summary>Spells C. Everything else hands over names and numbers.</summary>
internal sealed class CWriter
{
    private const int LineWidth = 110;
    private readonly StringBuilder _text = new();

    public CWriter Line(string text = "")
    {
        _text.Append(text).Append('\n');
        return this;
    }

    /// <summary>A constant array, aligned so that kernels may read words from its start.</summary>
    public void Array(string name, ElementType type, ReadOnlyMemory<byte> bytes)
    {
        var items = Items(type, bytes.Span);
        Line($"static const _Alignas(4) {TypeName(type)} {name}[{items.Count}] = {{");
        Wrapped(items);
        Line("};");
    }

    public void Parameters(string kernel, string name, IReadOnlyList<Field> fields)
    {
        Line($"static const struct ti_{kernel}_params {name} = {{");
        foreach (var field in fields)
        {
            Line($"    .{field.Name} = {Initializer(field.Content)},");
        }

        Line("};");
    }

    /// <summary>A comment's text with nothing in it that could end the comment.</summary>
    public static string Quoted(string text) => text.Replace("*/", "* /").Replace("/*", "/ *").ReplaceLineEndings(" ");

    /// <summary>A C identifier made of <paramref name="name"/>.</summary>
    public static string Identifier(string name)
    {
        var letters = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '_'));
        return letters.Length == 0 || char.IsAsciiDigit(letters[0]) ? $"model_{letters}" : letters;
    }

    public static string TypeName(ElementType type) => type switch
    {
        ElementType.S8 => "int8_t",
        ElementType.U8 => "uint8_t",
        ElementType.S16 => "int16_t",
        ElementType.S32 => "int32_t",
        ElementType.S64 => "int64_t",
        ElementType.F32 => "float",
        ElementType.Bool => "uint8_t",
        ElementType.U32 => "uint32_t",
        ElementType.U64 => "uint64_t",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    public override string ToString() => _text.ToString();

    private static string Initializer(object content) => content switch
    {
        int number => Integer(number),
        float number => Float(number),
        int[] numbers => $"{{{string.Join(", ", numbers.Select(Integer))}}}",
        _ => throw new InvalidOperationException(content.GetType().Name),
    };

    private static List<string> Items(ElementType type, ReadOnlySpan<byte> bytes) => type switch
    {
        ElementType.S8 => [.. MemoryMarshal.Cast<byte, sbyte>(bytes).ToArray().Select(item => Integer(item))],
        ElementType.U8 or ElementType.Bool => [.. bytes.ToArray().Select(item => Integer(item))],
        ElementType.S16 => [.. MemoryMarshal.Cast<byte, short>(bytes).ToArray().Select(item => Integer(item))],
        ElementType.S32 => [.. MemoryMarshal.Cast<byte, int>(bytes).ToArray().Select(Integer)],
        ElementType.S64 => [.. MemoryMarshal.Cast<byte, long>(bytes).ToArray().Select(item => $"INT64_C({item})")],
        ElementType.U32 => [.. MemoryMarshal.Cast<byte, uint>(bytes).ToArray().Select(item => $"UINT32_C({item})")],
        ElementType.U64 => [.. MemoryMarshal.Cast<byte, ulong>(bytes).ToArray().Select(item => $"UINT64_C({item})")],
        ElementType.F32 => [.. MemoryMarshal.Cast<byte, float>(bytes).ToArray().Select(Float)],
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    // -2147483648 is an expression of type long in C.
    private static string Integer(int number) =>
        number == int.MinValue ? "(-2147483647 - 1)" : number.ToString(CultureInfo.InvariantCulture);

    private static string Float(float number) =>
        float.IsFinite(number) ? FormattableString.Invariant($"{number:E9}F") : throw new CompilerException($"the constant {number} has no C spelling");

    private void Wrapped(List<string> items)
    {
        var line = new StringBuilder("   ");
        foreach (var item in items)
        {
            if (line.Length + item.Length + 2 > LineWidth)
            {
                Line(line.ToString());
                line.Clear().Append("   ");
            }

            line.Append(' ').Append(item).Append(',');
        }

        Line(line.ToString());
    }
}
