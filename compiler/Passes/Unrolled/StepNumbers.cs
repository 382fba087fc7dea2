// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Passes.Unrolled;

/// <summary>
/// Which step of an unrolled layer a node belongs to, given a product of each step that needs the one before: the number of these products that it
/// needs, itself among them. A node that needs none belongs to the step that alone reads it: what is done with the row of a step. 0: to no step.
/// </summary>
internal sealed class StepNumbers
{
    private readonly Dictionary<Node, int> _numbers = [];

    public StepNumbers(Graph graph, IReadOnlyCollection<Node> products)
    {
        var written = new Dictionary<Value, int>();
        foreach (var node in graph.Nodes)
        {
            var number = node.Inputs.Select(input => written.GetValueOrDefault(input)).DefaultIfEmpty(0).Max() + (products.Contains(node) ? 1 : 0);
            _numbers[node] = number;
            foreach (var output in node.Outputs)
            {
                written[output] = number;
            }
        }

        foreach (var node in graph.Nodes.Reverse().Where(node => _numbers[node] == 0 && !node.Outputs.Any(graph.IsResult)))
        {
            var readers = node.Outputs.SelectMany(graph.ReadersOf).Select(Of).Distinct().ToArray();
            _numbers[node] = readers.Length == 1 ? readers[0] : 0;
        }
    }

    public int Of(Node node) => _numbers[node];
}
