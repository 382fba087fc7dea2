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
        foreach (var node in graph.Nodes.Where(node => node.Op is TableOp).ToList())
        {
            if (graph.ProducerOf(node.Input) is { } producer
                && graph.OnlyReaderOf(producer.Output) is not null
                && Fused(producer, node) is { } op)
            {
                graph.Replace([producer, node], producer.With(op: op, outputs: [node.Output]));
            }
        }
    }

    private static Op? Fused(Node producer, Node node)
    {
        if (Activated(producer.Op) is not { } op
            || node.Output.Type != node.Input.Type
            || !node.Output.Shape.Equals(node.Input.Shape)
            || node.Input.Quantization?.SameAs(node.Output.Quantization) != true)
        {
            return null;
        }

        var table = ((TableOp)node.Op).Table(node);
        var (low, high) = op.Activation.Bounds(node.Input);

        foreach (var activation in Activations)
        {
            var (min, max) = activation.Bounds(node.Output);
            if (Enumerable.Range(sbyte.MinValue, 256).All(v => (sbyte)table[(byte)Math.Clamp(v, low, high)] == Math.Clamp(v, min, max)))
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
