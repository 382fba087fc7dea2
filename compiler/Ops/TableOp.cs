// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// An op of one value. Of an 8-bit one, whatever it computes, the device reads it from a table of 256 bytes (docs/adr/0001); the op
/// says what TFLite Micro's kernel gives for each stored value. Wider types have kernels of their own.
/// </summary>
internal abstract record TableOp : Op
{
    public override void Check(Node node)
    {
        Require.OneOf(node, node.Input, [.. ByteTypes, .. WideTypes]);
        Require.Types(node, node.Input.Type, node.Output);
        if (node.Input.Type != ElementType.F32)
        {
            Require.PerTensor(node, node.Input, node.Output);
        }

        Require.SameCount(node, node.Input, node.Output);
    }

    public override bool CanOverwrite(Node node, int input) => input == 0;

    public sealed override ByteTable? Table(Node node) =>
        ByteTypes.Contains(node.Input.Type) ? new(node.Input, Tables.Of(node.Input.Type, Function(node))) : null;

    public override IReadOnlyList<ReadOnlyMemory<byte>>? Fold(Node node) =>
        node.Input.Constant is { } bytes && Table(node) is { } table ? [Tables.Apply(table.Entries, bytes.Span)] : null;

    public sealed override IReadOnlyList<KernelCall> Lower(Node node) =>
        [Table(node) is { } table ? Tables.Call(node.Input, table.Entries, node.Output) : Wide(node)];

    /// <summary>Types of the table's bytes.</summary>
    protected virtual IReadOnlyList<ElementType> ByteTypes => [ElementType.S8];

    /// <summary>Types besides those that <see cref="Wide"/> knows.</summary>
    protected virtual IReadOnlyList<ElementType> WideTypes => [];

    /// <summary>The call for one of those.</summary>
    protected virtual KernelCall Wide(Node node) => throw new InvalidOperationException($"{Name} has no kernel for {node.Input.Type}");

    /// <summary>The stored output for a stored input of one byte.</summary>
    protected abstract Func<int, int> Function(Node node);
}
