// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Passes;

/// <summary>
/// Computes on the PC what does not depend on the inputs; <see cref="Ops.Op.Fold"/> says what that is, and tensors without elements
/// made of others never do. Nodes are visited in
/// execution order, so the chains that Keras leaves around a reshape fold in one go.
/// <code>
///   %s = shape(%x)
///   %n = strided_slice(%s)
///   %t = pack(%n, $rest)
///   %y = reshape(%x)
/// =>
///   %y = reshape(%x)
/// </code>
/// </summary>
internal sealed class FoldConstants : IPass
{
    public void Run(Graph graph)
    {
        for (var i = 0; i < graph.Nodes.Count;)
        {
            var node = graph.Nodes[i];
            if ((Empty(graph, node) ?? node.Op.Fold(node)) is { } contents)
            {
                foreach (var (output, bytes) in node.Outputs.Zip(contents))
                {
                    graph.Redirect(output, output.Holding(bytes));
                }

                graph.Remove(node);
            }
            else
            {
                i++;
            }
        }
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>>? Empty(Graph graph, Node node) =>
        node.Outputs.Count > 0 && node.Outputs.All(output => IsEmpty(output) && !graph.States.Any(state => state.Next == output)) && node.Inputs.Any(IsEmpty)
            ? [.. node.Outputs.Select(_ => ReadOnlyMemory<byte>.Empty)]
            : null;

    private static bool IsEmpty(Value value) => value.Shape.Dimensions.Contains(0);
}
