// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// output[i] = input[Tables[0][i[0]] + Tables[1][i[1]] + ...], <paramref name="RunLength"/> elements at a time, row-major:
/// each dimension picks its positions by itself. Made by <see cref="Of"/>.
/// </summary>
internal sealed record TableCopy(IReadOnlyList<int[]> Tables, int RunLength) : Movement
{
    private const int LongestTable = 1 << 16;

    public override int Count => Tables.Aggregate(RunLength, (product, table) => checked(product * table.Length));

    public override (int Input, int Output)? Run => null;

    public override int LoopDimensions => Tables.Count;

    /// <summary>Tables are as long as dimensions, and those are only a claim of the file.</summary>
    public static void CheckSizes(Node node)
    {
        foreach (var size in node.Inputs.Concat(node.Outputs).SelectMany(value => value.Shape.Dimensions))
        {
            Require.That(size <= LongestTable, node, $"a dimension of {size}", $"{LongestTable}");
        }
    }

    /// <param name="tables">For each dimension of the output, the input offset of each position.</param>
    /// <returns>A strided copy when every table steps evenly, with each position taken once or equally often.</returns>
    public static Movement Of(IReadOnlyList<int[]> tables)
    {
        var steps = tables.Select(Steps).ToArray();
        if (Array.TrueForAll(steps, step => step is not null))
        {
            int[] shape = [.. steps.SelectMany(step => new[] { step!.Value.Count, step.Value.Times })];
            return StridedCopy.Of(shape, tables.Sum(table => table[0]), [.. steps.SelectMany(step => new[] { step!.Value.Step, 0 })], 0, new Shape(shape).Strides());
        }

        var (inner, run) = (tables.Count, 1);
        while (tables[inner - 1].Index().All(entry => entry.Item == entry.Index * run))
        {
            run *= tables[--inner].Length;
        }

        return new TableCopy([.. tables.Take(inner).Where(table => table is not [0])], run);
    }

    public override void Apply(ReadOnlySpan<byte> input, Span<byte> output, int elementSize)
    {
        var strides = new Shape([.. Tables.Select(table => table.Length), RunLength]).Strides();
        for (var at = 0; at < Count; at += RunLength)
        {
            var from = Tables.Index().Sum(table => table.Item[at / strides[table.Index] % table.Item.Length]);
            input.Slice(from * elementSize, RunLength * elementSize).CopyTo(output[(at * elementSize)..]);
        }
    }

    public override KernelCall Call(Operand input, Operand output, int elementSize)
    {
        var tables = Enumerable.Repeat(new int[1], MaxDimensions - Tables.Count).Concat(Tables);
        int[] offsets = [.. tables.SelectMany(table => table).Select(offset => offset * elementSize)];

        return new KernelCall(
            "take_nd",
            [("dims", Leading(1, Tables.Select(table => table.Length))), ("run", RunLength * elementSize)],
            [input, ConstantOperand.Of("offsets", offsets)],
            [output]);
    }

    // An even table: each of Count offsets stands there Times times.
    private static (int Count, int Times, int Step)? Steps(int[] table)
    {
        var times = table.TakeWhile(offset => offset == table[0]).Count();
        if (table.Length % times != 0)
        {
            return null;
        }

        var step = table.Length > times ? table[times] - table[0] : 0;
        return table.Index().All(entry => entry.Item == table[0] + (entry.Index / times * step)) ? (table.Length / times, times, step) : null;
    }
}
