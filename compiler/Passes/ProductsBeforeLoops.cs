// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Ops.Control;

namespace TinyInfer.Compiler.Passes;

/// <summary>
/// A product with the row of a turn waits for no turn before: all rows go through the weights at once, in front of the loop.
/// <code>
///   %y = scan&lt;24>(%h0, %x)
///   begin  body
///   input  %row : s8[1,8]
///   %p = fully_connected(%row, $w, $b) : s8[1,16]
/// =>
///   %p/rows = fully_connected(%x, $w, $b) : s8[24,1,16]
///   %y = scan&lt;24>(%h0, %p/rows)
///   begin  body
///   input  %p : s8[1,16]
/// </code>
/// Exact: rows of a fully connected layer know nothing of each other. The products lie in memory all at once, so it is done where they are no larger
/// than the sequence, whose place they take.
/// </summary>
internal sealed class ProductsBeforeLoops : IPass
{
    public void Run(Graph graph)
    {
        foreach (var node in graph.Nodes.Where(node => node.Op is Scan).ToList())
        {
            var parts = ScanParts.Of(node);
            var body = ((Scan)node.Op).Body;
            var before = new List<Node>();
            foreach (var product in body.Nodes.Where(inner => inner.Op is FullyConnected && inner.Inputs.Skip(1).All(input => input.IsConstant)))
            {
                var (sequence, row) = parts.Taken.FirstOrDefault(pair => pair.Row == body.Source(product.Input));
                if (sequence is null || sequence.Shape[-1] != row.Shape[-1] || sequence.Type != product.Input.Type || !sequence.IsQuantizedAs(product.Input))
                {
                    continue;
                }

                var rows = sequence.Shape.Count / row.Shape.Count;
                if ((long)rows * product.Output.ByteSize <= sequence.ByteSize)
                {
                    var all = new Value($"{product.Output.Name}/rows", product.Output.Type, new Shape([rows, .. product.Output.Shape.Dimensions])) { Quantization = product.Output.Quantization };
                    before.Add(product.With(inputs: [sequence, .. product.Inputs.Skip(1)], outputs: [all]));
                    parts.Nodes = [.. parts.Nodes.Where(inner => inner != product)];
                    parts.Taken = [.. parts.Taken, (all, product.Output)];
                }
            }

            if (before.Count > 0)
            {
                parts.Prune(graph.IsRead);
                graph.Replace([node], [.. before, parts.Node(node.Origin)]);
            }
        }
    }
}
