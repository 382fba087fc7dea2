// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Passes;

/// <summary>
/// What the compiler can compute is a constant: Keras leaves shapes of known tensors, taken apart and put together again.
/// <code>
///   %s = shape(%x)                       =>   readers of %n read $n = [1, 5, 128]
///   %d = strided_slice&lt;0+1*1&gt;(%s)
///   %n = pack(%d, $five, $channels)
/// </code>
/// </summary>
internal sealed class FoldConstants : IPass
{
    public void Run(Graph graph)
    {
        foreach (var node in graph.Nodes.ToArray())
        {
            // Redirect replaces the readers of what has been folded, so the node is looked up by what it writes.
            var current = node.Outputs.Count > 0 ? graph.ProducerOf(node.Output) : null;
            if (current?.Op.Fold(current) is { } results)
            {
                foreach (var (output, bytes) in current.Outputs.Zip(results))
                {
                    graph.Redirect(output, new Value(output.Name, output.Type, output.Shape) { Quantization = output.Quantization, Constant = bytes });
                }

                graph.Remove(current);
            }
        }
    }
}
