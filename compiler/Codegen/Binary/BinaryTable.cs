// SPDX-License-Identifier: MIT
using System.Numerics;
using TinyInfer.Compiler.Ops.Lce;

namespace TinyInfer.Compiler.Codegen.Binary;

/// <summary>
/// What the code reads for each output channel: the count from which on a bit is set; or multiplier and bias of a float. Where taps outside
/// the input count half their channels, what they count too much comes first, or is added to the threshold; then there is a
/// table for each border that a pixel can be at, and after the tables a word for each row and for each column: which table, in bytes.
/// </summary>
internal static class BinaryTable
{
    /// <summary>Gets the words of the tables and of what follows them.</summary>
    public static long Size(BinaryShape shape) => TablesOf(shape) + (shape.Corrected ? shape.Rows.Out + shape.Columns.Out : 0);

    /// <summary>Gets the words of the tables.</summary>
    public static long TablesOf(BinaryShape shape) =>
        (long)shape.OutDepth * shape.Record * (shape.Corrected ? (long)shape.Rows.Borders().Ways.Count * shape.Columns.Borders().Ways.Count : 1);

    public static int[] Of(BinaryShape shape, PortableCall call)
    {
        if (!shape.Corrected)
        {
            return [.. Enumerable.Range(0, shape.OutDepth).SelectMany(o => Record(shape, call, o, 0))];
        }

        var (rows, rowTables) = shape.Rows.Borders();
        var (columns, columnTables) = shape.Columns.Borders();
        var (weights, tableBytes) = (Single(call.Constant<int>(1)!, shape.Words), shape.OutDepth * shape.Record * sizeof(int));
        var tables =
            from row in rows
            from column in columns
            from o in Enumerable.Range(0, shape.OutDepth)
            from word in Record(shape, call, o, Excess(shape, weights, call["conv.outside"], o, row, column))
            select word;
        return [.. tables, .. rowTables.Select(table => table * columns.Count * tableBytes), .. columnTables.Select(table => table * tableBytes)];
    }

    private static int[] Record(BinaryShape shape, PortableCall call, int o, int excess)
    {
        if (shape.Output == BinaryOutput.Bits)
        {
            return [(int)Math.Clamp((long)call.Constant<int>(2)![o] + excess + 1, 0, (Bits.PerWord * shape.Words) + 1)];
        }

        int[] transform = [BitConverter.SingleToInt32Bits(call.Constant<float>(2)![o]), BitConverter.SingleToInt32Bits(call.Constant<float>(3)![o])];
        return shape.Corrected ? [excess, .. transform] : transform;
    }

    // The words before they were paired.
    private static int[] Single(int[] paired, int words) =>
        [.. paired.Select((word, at) => at % words is var i && i > 0 && (i + words) % 2 != 0 ? word ^ paired[at - 1] : word)];

    private static int Excess(BinaryShape shape, int[] weights, int outside, int o, bool[] row, bool[] column)
    {
        var sum = 0;
        for (var tap = 0; tap < row.Length * column.Length; tap++)
        {
            if (!row[tap / column.Length] || !column[tap % column.Length])
            {
                var words = weights.AsSpan((o * shape.Words) + (tap * shape.FilterDepth), shape.FilterDepth);
                sum -= outside;
                foreach (var word in words)
                {
                    sum += BitOperations.PopCount((uint)word);
                }
            }
        }

        return sum;
    }
}
