// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Passes;

/// <summary>
/// Drops nodes whose results nobody reads. Nodes without results stay: they exist for what they do.
/// <code>
///   %s = shape(%x)          =>   output %x
///   output %x
/// </code>
/// </summary>
internal sealed class RemoveUnused : IPass
{
    public void Run(Graph graph)
    {
        foreach (var node in graph.Nodes.Reverse().ToArray())
        {
            if (node.Outputs.Count > 0 && node.Outputs.All(output => graph.ReadersOf(output).Count == 0 && !graph.Outputs.Contains(output)))
            {
                graph.Remove(node);
            }
        }
    }
}
