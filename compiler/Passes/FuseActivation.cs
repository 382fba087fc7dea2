// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Passes;

/// <summary>
/// Moves a relu of its own, or any table that only clamps, into the op that feeds it.
/// <code>
///   %a = conv_2d&lt;same&gt;(%x, $w, $b)
///   %y = relu&lt;relu6&gt;(%a)
/// =>
///   %y = conv_2d&lt;same,relu6&gt;(%x, $w, $b)
/// </code>
/// Exact. The op computes clamp(r, low, high), r depending on the quantization of its output but not on its activation; with equal
/// quantization of %a and %y, r stays the same. Its value goes through the table, and all 256 are looked at:
/// table[clamp(v, low, high)] = clamp(v, new low, new high) for every v. Equal at -128 and 127, both sides are also equal
/// for an r beyond them. Where %a and %y differ in scale, the relu rounds a second time and stays.
/// </summary>
internal sealed class FuseActivation : IPass
{
    private static readonly Activation[] Activations = [Activation.None, Activation.Relu, Activation.ReluN1To1, Activation.Relu6];

    public void Run(Graph graph)
    {
        // The producer is looked up in the graph as it is by then: it may have taken a table before.
        foreach (var node in graph.Nodes.ToList())
        {
            if (node.Op.Table(node) is { } table
                && graph.ProducerOf(table.Input) is { } producer
                && graph.OnlyReaderOf(producer.Output) == node
                && Fused(producer, node, table) is { } op)
            {
                graph.Replace([producer, node], producer.With(op: op, outputs: [node.Output]));
            }
        }
    }

    private static Op? Fused(Node producer, Node node, ByteTable table)
    {
        if (Activated(producer.Op) is not { } op
            || node.Output.Type != table.Input.Type
            || !node.Output.Shape.Equals(table.Input.Shape)
            || table.Input.Quantization?.SameAs(node.Output.Quantization) != true)
        {
            return null;
        }

        var (low, high) = op.Activation.Bounds(table.Input);

        foreach (var activation in Activations)
        {
            var (min, max) = activation.Bounds(node.Output);
            if (Enumerable.Range(sbyte.MinValue, 256).All(v => (sbyte)table.Entries[(byte)Math.Clamp(v, low, high)] == Math.Clamp(v, min, max)))
            {
                return op.With(activation);
            }
        }

        return null;
    }

    private static (Activation Activation, Func<Activation, Op> With)? Activated(Op op) => op switch
    {
        Conv2D conv => (conv.Activation, activation => conv with { Activation = activation }),
        DepthwiseConv2D conv => (conv.Activation, activation => conv with { Activation = activation }),
        FullyConnected dense => (dense.Activation, activation => dense with { Activation = activation }),
        Add add => (add.Activation, activation => add with { Activation = activation }),
        Sub sub => (sub.Activation, activation => sub with { Activation = activation }),
        Mul mul => (mul.Activation, activation => mul with { Activation = activation }),
        Pool2D pool => (pool.Activation, activation => pool with { Activation = activation }),
        _ => null,
    };
}
