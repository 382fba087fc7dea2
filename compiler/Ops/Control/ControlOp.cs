// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops.Control;

/// <summary>An op that runs graphs of its own. They see nothing but their inputs.</summary>
internal abstract record ControlOp : Op
{
    public abstract IReadOnlyList<Graph> Graphs { get; }

    public sealed override IReadOnlyList<KernelCall> Lower(Node node) =>
        throw new InvalidOperationException($"{node.Op} is taken apart before it is lowered");

    protected static void CheckCondition(Node node, Value condition) => Require.That(
        condition.Type == ElementType.Bool && condition.Shape.Count == 1,
        node,
        $"the condition is {condition.Type.DisplayName()} {condition.Shape}",
        "bool of one element");

    /// <summary>Values that are handed over are of one type and size; their shapes may differ by dimensions of 1 and more.</summary>
    protected static void CheckSame(Node node, string what, IReadOnlyList<Value> inner, IReadOnlyList<Value> outer)
    {
        Require.That(inner.Count == outer.Count, node, $"{outer.Count} {what} for a subgraph of {inner.Count}", "equal numbers");
        foreach (var (index, (mine, theirs)) in inner.Zip(outer).Index())
        {
            Require.That(
                mine.Type == theirs.Type && mine.Shape.Count == theirs.Shape.Count,
                node,
                $"{what} {index} is {theirs.Type.DisplayName()} {theirs.Shape}, in the subgraph {mine.Type.DisplayName()} {mine.Shape}",
                "one type and size");
        }
    }
}
