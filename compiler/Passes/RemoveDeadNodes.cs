// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Passes;

/// <summary>
/// Drops nodes whose outputs nobody reads, last ones first, so that what fed only them goes too. A node without outputs acts
/// on state and stays.
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
        var needed = new HashSet<Value>(graph.Outputs);
        foreach (var node in graph.Nodes.Reverse().ToList())
        {
            if (node.Outputs.Count > 0 && !node.Outputs.Any(needed.Contains))
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
