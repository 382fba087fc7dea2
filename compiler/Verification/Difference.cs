// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Verification;

/// <summary>The first element of a case's outputs that is not the recorded one.</summary>
internal sealed record Difference(string Case, int Invocation, int Output, string Name, int Index, string Expected, string Got, int Count)
{
    /// <summary>The recorded element is not a number: whoever recorded it has computed with what was in memory, and there is nothing to compare with.</summary>
    public bool IsAgainstNothing => Expected == "NaN";

    /// <summary>Compares bytes; null when all are equal. <paramref name="expected"/> has the outputs of whole invocations.</summary>
    public static Difference? First(string name, IReadOnlyList<Value> outputs, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> got)
    {
        var at = expected.CommonPrefixLength(got);
        if (at == expected.Length && expected.Length == got.Length)
        {
            return null;
        }

        if (at >= Math.Min(expected.Length, got.Length))
        {
            return new Difference(name, 0, 0, outputs[0].Name, at, $"{expected.Length} bytes", $"{got.Length} bytes", 1);
        }

        var (invocation, offset) = Math.DivRem(at, outputs.Sum(value => value.ByteSize));
        var output = 0;
        while (offset >= outputs[output].ByteSize)
        {
            offset -= outputs[output++].ByteSize;
        }

        var size = outputs[output].Type.Size();
        var start = at - (offset % size);
        return new Difference(
            name,
            invocation,
            output,
            outputs[output].Name,
            offset / size,
            Text(outputs[output].Type, expected[start..]),
            Text(outputs[output].Type, got[start..]),
            Unequal(expected, got));
    }

    public override string ToString() =>
        $"{Case}: {(Invocation > 0 ? $"invocation {Invocation}, " : "")}output {Output} \"{Name}\", element {Index}: expected {Expected}, got {Got} ({Count} bytes differ)";

    private static int Unequal(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var count = 0;
        for (var i = 0; i < a.Length; i++)
        {
            count += a[i] == b[i] ? 0 : 1;
        }

        return count;
    }

    private static string Text(ElementType type, ReadOnlySpan<byte> bytes) => type switch
    {
        ElementType.S8 => $"{(sbyte)bytes[0]}",
        ElementType.U8 or ElementType.Bool => $"{bytes[0]}",
        ElementType.S16 => $"{BinaryPrimitives.ReadInt16LittleEndian(bytes)}",
        ElementType.S32 => $"{BinaryPrimitives.ReadInt32LittleEndian(bytes)}",
        ElementType.S64 => $"{BinaryPrimitives.ReadInt64LittleEndian(bytes)}",
        ElementType.U32 => $"{BinaryPrimitives.ReadUInt32LittleEndian(bytes)}",
        ElementType.U64 => $"{BinaryPrimitives.ReadUInt64LittleEndian(bytes)}",
        ElementType.F32 => BinaryPrimitives.ReadSingleLittleEndian(bytes).ToString("R", CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
