// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// An op of one 8-bit value: whatever it computes, the device reads it from a table of 256 bytes (docs/adr/0001). The op says
/// what TFLite Micro's kernel gives for each stored value.
/// </summary>
internal abstract record TableOp : Op
{
    public override void Check(Node node)
    {
        Require.Types(node, ElementType.S8, node.Input, node.Output);
        Require.PerTensor(node, node.Input, node.Output);
        Require.SameCount(node, node.Input, node.Output);
    }

    public override bool CanOverwrite(Node node, int input) => input == 0;

    public sealed override ByteTable Table(Node node) => new(node.Input, Tables.Of(node.Input.Type, Function(node)));

    public override IReadOnlyList<ReadOnlyMemory<byte>>? Fold(Node node) =>
        node.Input.Constant is { } bytes ? [Tables.Apply(Table(node).Entries, bytes.Span)] : null;

    public override IReadOnlyList<KernelCall> Lower(Node node) => [Tables.Call(node.Input, Table(node).Entries, node.Output)];

    /// <summary>The stored output for a stored input.</summary>
    protected abstract Func<int, int> Function(Node node);
}
