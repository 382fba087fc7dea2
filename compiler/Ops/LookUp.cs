// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>output[i] = entries[input[i]], of bytes: what is left of a chain of tables. No .tflite operator is imported as one.</summary>
internal sealed record LookUp(byte[] Entries) : Op
{
    public override string Name => "look_up";

    public override void Check(Node node)
    {
        Require.OneOf(node, node.Input, ElementType.S8, ElementType.U8, ElementType.Bool);
        Require.OneOf(node, node.Output, ElementType.S8, ElementType.U8, ElementType.Bool);
        Require.SameCount(node, node.Input, node.Output);
    }

    public override bool CanOverwrite(Node node, int input) => true;

    public override int? ViewOffset(Node node, int output) => Table(node).IsIdentity ? 0 : null;

    public override ByteTable Table(Node node) => new(node.Input, Entries);

    public override IReadOnlyList<KernelCall> Lower(Node node) => [Tables.Call(node.Input, Entries, node.Output)];
}
