// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Passes;

/// <summary>
/// A node that is the last to read more bytes than it makes comes as early as it can: what it frees need not wait.
/// <code>
///   %a = conv_2d(%x)               %a = conv_2d(%x)
///   %b = conv_2d(%a)            => %s = conv_2d(%x)
///   %s = conv_2d(%x)               %b = conv_2d(%a)
/// </code>
/// Memory falls at every node that it passes, and what is live at the node itself is no more than at the one whose place it takes.
/// </summary>
internal sealed class FreeEarly : IPass
{
    public void Run(Graph graph)
    {
        foreach (var node in graph.Nodes.ToList())
        {
            var (at, to) = (graph.PositionOf(node), Earliest(graph, node));
            if (to < at && Bytes(node.Outputs) < Freed(graph, node) && Bytes(node.Outputs) <= Bytes(graph.Nodes[to].Outputs))
            {
                graph.Move(node, to);
            }
        }
    }

    // Behind all that makes its inputs or reads them before it.
    private static int Earliest(Graph graph, Node node)
    {
        var before = node.Inputs.Where(input => !input.IsConstant).SelectMany(input => graph.ReadersOf(input).Append(graph.ProducerOf(input))).OfType<Node>();
        var at = graph.PositionOf(node);
        return before.Select(graph.PositionOf).Where(position => position < at).DefaultIfEmpty(-1).Max() + 1;
    }

    private static long Freed(Graph graph, Node node)
    {
        var at = graph.PositionOf(node);
        return Bytes([.. node.Inputs.Distinct().Where(input => !input.IsConstant && !graph.IsResult(input) && !graph.IsState(input) && graph.ReadersOf(input).All(reader => graph.PositionOf(reader) <= at))]);
    }

    private static long Bytes(IReadOnlyList<Value> values) => values.Sum(value => (long)value.ByteSize);
}
