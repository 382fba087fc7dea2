// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// An op of two operands, element by element with broadcasting. Where one of two int8 operands is a single constant, the other
/// one's value decides the result, which is then a table (docs/adr/0001).
/// </summary>
internal abstract record BinaryOp : Op
{
    public override void Check(Node node)
    {
        var (a, b) = (node.Inputs[0], node.Inputs[1]);

        Require.OneOf(node, a, [ElementType.S8, .. WideTypes]);
        Require.Types(node, a.Type, b, node.Output);
        if (a.Type is ElementType.S8 or ElementType.S16)
        {
            Require.PerTensor(node, a, b, node.Output);
        }

        Broadcast.Check(node);
    }

    public override bool CanOverwrite(Node node, int input) => node.Inputs[input].Shape.Count == node.Output.Shape.Count;

    public override IReadOnlyList<ReadOnlyMemory<byte>>? Fold(Node node)
    {
        var (a, b) = (node.Inputs[0], node.Inputs[1]);
        if (!a.IsConstant || !b.IsConstant)
        {
            return null;
        }

        if (a.Type != ElementType.S8)
        {
            return null;
        }

        Check(node);
        var function = Function(node);
        var walk = Broadcast.Of(a.Shape, b.Shape);
        return [walk.Pairs().Select(at => unchecked((byte)function(a.As<sbyte>()[at.A], b.As<sbyte>()[at.B]))).ToArray()];
    }

    public sealed override ByteTable? Table(Node node)
    {
        var (a, b) = (node.Inputs[0], node.Inputs[1]);
        return a.Type != ElementType.S8 ? null : (Scalar(a), Scalar(b)) switch
        {
            (null, { } constant) when Function(node) is var function => new ByteTable(a, Tables.Of(ElementType.S8, value => function(value, constant))),
            ({ } constant, null) when Function(node) is var function => new ByteTable(b, Tables.Of(ElementType.S8, value => function(constant, value))),
            _ => null,
        };
    }

    public override IReadOnlyList<KernelCall> Lower(Node node) => Table(node) is { } table
        ? [Tables.Call(table.Input, table.Entries, node.Output)]
        : [Kernel(node, Broadcast.Of(node.Inputs[0].Shape, node.Inputs[1].Shape))];

    /// <summary>The stored int8 output for a pair of stored inputs.</summary>
    public Func<int, int, int> Formula(Node node) => Function(node);

    /// <summary>Types besides int8 that <see cref="Kernel"/> knows.</summary>
    protected virtual IReadOnlyList<ElementType> WideTypes => [];

    /// <summary>The stored int8 output for a pair of stored inputs, by TFLite Micro's formula.</summary>
    protected abstract Func<int, int, int> Function(Node node);

    /// <summary>The call for operands that the device must combine.</summary>
    protected abstract KernelCall Kernel(Node node, Broadcast walk);

    private static int? Scalar(Value value) => value.IsConstant && value.Shape.Count == 1 ? value.As<sbyte>()[0] : null;
}
