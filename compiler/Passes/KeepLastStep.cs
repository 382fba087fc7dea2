// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Ops.Control;

namespace TinyInfer.Compiler.Passes;

/// <summary>
/// A recurrent layer of which only the last step is read keeps no sequence: an LSTM writes each step over the one before, a loop gives what it hands
/// from turn to turn anyway.
/// <code>
///   %y, %h', %c' = lstm(%x, ...) : s8[1,100,128]
///   %z = strided_slice&lt;0+1*1,99+1*1,0+1*128>(%y) : s8[1,128]
/// =>
///   %y/last, %h', %c' = lstm&lt;last>(%x, ...) : s8[1,1,128]
///   %z = reshape(%y/last) : s8[1,128]
/// </code>
/// Exact: a step needs no output but that of the one before. Fires for one batch, and where nothing else reads the sequence.
/// </summary>
internal sealed class KeepLastStep : IPass
{
    public void Run(Graph graph)
    {
        foreach (var node in graph.Nodes.ToList())
        {
            switch (node.Op)
            {
                case Lstm { LastOnly: false } lstm when node.Input.Shape[lstm.TimeMajor ? 1 : 0] == 1 && node.Input.Shape[lstm.TimeMajor ? 0 : 1] > 1:
                    var y = node.Output;
                    var last = new Value($"{y.Name}/last", y.Type, new Shape(1, 1, y.Shape[2])) { Quantization = y.Quantization };
                    if (Read(graph, y, last))
                    {
                        graph.Replace([node], node.With(op: lstm with { LastOnly = true }, outputs: [last, .. node.Outputs.Skip(1)]));
                    }

                    break;
                case Scan { Turns: > 1 } scan:
                    var parts = ScanParts.Of(node);
                    foreach (var (sequence, row) in parts.Put)
                    {
                        var same = parts.Carried.FirstOrDefault(value => scan.Body.Source(value.Next) == scan.Body.Source(row));
                        _ = same.End is not null && Read(graph, sequence, same.End);
                    }

                    parts.Prune(graph.IsRead);
                    graph.Replace([node], parts.Node(node.Origin));
                    break;
            }
        }
    }

    // Makes the readers of a sequence's last row read it elsewhere; false, and nothing done, where there are others.
    private static bool Read(Graph graph, Value sequence, Value row)
    {
        var readers = graph.ReadersOf(sequence);
        if (graph.IsResult(sequence) || readers.Count == 0 || !readers.All(reader => IsLast(reader, sequence, row)))
        {
            return false;
        }

        foreach (var reader in readers)
        {
            graph.Replace([reader], reader.With(op: new Reshape(), inputs: [row]));
        }

        return true;
    }

    private static bool IsLast(Node reader, Value sequence, Value row) =>
        reader.Outputs.Count == 1
        && reader.Input == sequence
        && reader.Output.Type == row.Type
        && reader.Output.ByteSize == row.ByteSize
        && reader.Op.ViewOffset(reader, 0) == sequence.ByteSize - row.ByteSize;
}
