// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Passes.Unrolled;

namespace TinyInfer.Compiler.Passes;

/// <summary>
/// A recurrent layer whose steps stand one behind the other in the file is a scan again, where they do the same: same weights, same quantization, and
/// what a step reads is handed on by the one before, a row of a sequence, or the same for all.
/// <code>
///   %x0, %x1, %x2 = unpack(%x)
///   %a0 = fully_connected(%x0, $w, $b)
///   %b0 = fully_connected(%h0, $u, $c)
///   %h1 = add(%a0, %b0)
///   %a1 = fully_connected(%x1, $w, $b)
///   ...
///   %y = pack(%h1, %h2, %h3)
/// =>
///   %h3, %y = scan&lt;3>(%h0, %x)
///   begin  step
///   ... of %h and a row of %x, giving the next %h, a row of %y
/// </code>
/// Exact: the same operations on the same values. A first or a last step of another kind stays outside. Steps of which each has quantizations of its
/// own, as the converter's calibration gives them, are not the same.
/// </summary>
internal sealed class RollUp : IPass
{
    /// <summary>Two steps are not worth a loop.</summary>
    private const int LeastTurns = 3;

    public void Run(Graph graph)
    {
        while (Layers(graph).FirstOrDefault() is { } layer)
        {
            layer.Replace();
            new RemoveDeadNodes().Run(graph); // what took the sequence apart
        }
    }

    private static IEnumerable<RolledLayer> Layers(Graph graph) =>
        from products in Chains(graph)
        let numbers = new StepNumbers(graph, products)
        where products.Index().All(entry => numbers.Of(entry.Item) == entry.Index + 1)
        from ends in new[] { (First: 0, Last: 0), (First: 1, Last: 0), (First: 0, Last: 1), (First: 1, Last: 1) }
        let steps = products[ends.First..^ends.Last]
        where steps.Length >= LeastTurns
        let layer = RolledLayer.Of(graph, new EqualSteps(graph, numbers, steps, ends.First + 1))
        where layer is not null
        select layer;

    /// <summary>Products with the same constants.</summary>
    private static IEnumerable<Node[]> Chains(Graph graph)
    {
        var chains = new List<List<Node>>();
        foreach (var node in graph.Nodes.Where(node => node.Inputs.Count > 1 && node.Inputs.Skip(1).All(input => input.IsConstant) && node.Op.Macs(node) > 0))
        {
            var chain = chains.Find(chain => SameWork.Of(chain[0], node) && chain[0].Inputs.Zip(node.Inputs).Skip(1).All(pair => SameWork.AreOne([pair.First, pair.Second])));
            if (chain is null)
            {
                chains.Add([node]);
            }
            else
            {
                chain.Add(node);
            }
        }

        return [.. chains.Where(chain => chain.Count >= LeastTurns).Select(chain => chain.ToArray())];
    }
}
