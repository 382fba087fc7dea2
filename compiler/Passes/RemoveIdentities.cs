// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Passes;

/// <summary>
/// Drops nodes whose output is their input: reshape to the same shape, slice of everything, transpose that moves nothing, pad by
/// nothing, concatenation of one, quantize to the same scale and zero point.
/// <code>
///   %a = reshape(%x) : s8[1,4]
///   %y = tanh(%a)
/// =>
///   %y = tanh(%x)
/// </code>
/// What feeds an output of the model stays, so that the output keeps its name; sharing memory makes it free.
/// </summary>
internal sealed class RemoveIdentities : IPass
{
    public void Run(Graph graph)
    {
        for (var i = 0; i < graph.Nodes.Count;)
        {
            var node = graph.Nodes[i];
            if (IsIdentity(node) && !graph.IsResult(node.Output) && !IsOldState(graph, node))
            {
                graph.Redirect(node.Output, node.Input);
                graph.Remove(node);
            }
            else
            {
                i++;
            }
        }
    }

    // The old value of one state that becomes the new one of another must be read before any state changes.
    private static bool IsOldState(Graph graph, Node node) =>
        graph.IsState(node.Input) && graph.ReadersOf(node.Output).Any(reader => reader.Op is AssignVariable);

    private static bool IsIdentity(Node node) =>
        node.Outputs.Count == 1
        && node.Op.ViewOffset(node, 0) == 0
        && node.Input.Type == node.Output.Type
        && node.Input.Shape.Equals(node.Output.Shape)
        && node.Input.IsQuantizedAs(node.Output);
}
