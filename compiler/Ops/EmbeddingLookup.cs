// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>EMBEDDING_LOOKUP: the rows of a table that a list of numbers names. No op of its own: a gather, and a dequantize where int8 rows become float.</summary>
internal static class EmbeddingLookup
{
    public static void Import(ImportContext context)
    {
        var (rows, table, output) = (context.Input(0), context.Input(1), context.Output(0));
        var found = table.Type == ElementType.S8 && output.Type == ElementType.F32
            ? new Value($"{output.Name}/stored", ElementType.S8, output.Shape) { Quantization = table.Quantization }
            : output;

        context.Add(new Gather(0, 0), [table, rows], [found]);
        if (found != output)
        {
            context.Add(new Dequantize(), [found], [output]);
        }
    }
}
