// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Passes;

/// <summary>
/// Drops nodes whose outputs nobody reads, last ones first, so that what fed only them goes too.
/// <code>
///   %a = tanh(%x)
///   %b = tanh(%a)
///   %y = tanh(%x)
///   output %y
/// =>
///   %y = tanh(%x)
///   output %y
/// </code>
/// </summary>
internal sealed class RemoveDeadNodes : IPass
{
    public void Run(Graph graph)
    {
        var needed = new HashSet<Value>(graph.Outputs.Concat(graph.States.Select(state => state.Next)));
        foreach (var node in graph.Nodes.Reverse().ToList())
        {
            if (!node.Outputs.Any(needed.Contains))
            {
                graph.Remove(node);
            }
            else
            {
                needed.UnionWith(node.Inputs);
            }
        }
    }
}
