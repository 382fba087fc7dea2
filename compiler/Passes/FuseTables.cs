// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Passes;

/// <summary>
/// A table of a table is a table: hard swish taken apart, quantize next to an activation.
/// <code>
///   %a = add(%x, $three)
///   %y = mul(%a, $sixth)
/// =>
///   %y = look_up(%x)
/// </code>
/// Exact by construction: all 256 bytes go through both. Fires only when %y is the sole reader of %a.
/// </summary>
internal sealed class FuseTables : IPass
{
    public void Run(Graph graph)
    {
        foreach (var node in graph.Nodes.ToList())
        {
            if (node.Op.Table(node) is { } second
                && graph.ProducerOf(second.Input) is { } producer
                && graph.OnlyReaderOf(producer.Output) == node
                && producer.Op.Table(producer) is { } first)
            {
                var entries = first.Entries.Select(entry => second.Entries[entry]).ToArray();
                graph.Replace([producer, node], node.With(op: new LookUp(entries), inputs: [first.Input]));
            }
        }
    }
}
