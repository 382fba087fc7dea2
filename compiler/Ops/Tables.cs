// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>Tables of <c>ti_lut_s8</c>: the stored output for each of the 256 bytes an input can be.</summary>
internal static class Tables
{
    private const int Size = 256;

    /// <param name="input">S8 or U8: what the bytes stand for.</param>
    public static byte[] Of(ElementType input, Func<int, int> function) =>
        [.. Enumerable.Range(0, Size).Select(index => unchecked((byte)function(input == ElementType.S8 ? (sbyte)index : index)))];

    public static KernelCall Call(Value input, byte[] table, Value output) => new(
        "lut_s8",
        [("count", output.Shape.Count)],
        [input, new ConstantOperand("table", ElementType.U8, table)],
        [output]);

    public static byte[] Apply(byte[] table, ReadOnlySpan<byte> input)
    {
        var output = new byte[input.Length];
        for (var i = 0; i < output.Length; i++)
        {
            output[i] = table[input[i]];
        }

        return output;
    }
}

/// <summary>Each element of output 0 is the entry for the stored byte of <paramref name="Input"/> at the same place.</summary>
internal sealed record ByteTable(Value Input, byte[] Entries)
{
    public bool IsIdentity => Entries.Index().All(entry => entry.Index == entry.Item);
}
