// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>output = not input: a table of bytes.</summary>
internal sealed record LogicalNot : Op
{
    public override string Name => "logical";

    protected override string Attributes => "not";

    public static void Import(ImportContext context) => context.Add(new LogicalNot(), [context.Input(0)], [context.Output(0)]);

    public override void Check(Node node)
    {
        Require.Types(node, ElementType.Bool, node.Input, node.Output);
        Require.SameCount(node, node.Input, node.Output);
    }

    public override bool CanOverwrite(Node node, int input) => true;

    public override ByteTable Table(Node node) => new(node.Input, Tables.Of(ElementType.U8, value => value == 0 ? 1 : 0));

    public override IReadOnlyList<ReadOnlyMemory<byte>>? Fold(Node node) =>
        node.Input.Constant is { } bytes ? [Tables.Apply(Table(node).Entries, bytes.Span)] : null;

    public override IReadOnlyList<KernelCall> Lower(Node node) => [Tables.Call(node.Input, Table(node).Entries, node.Output)];
}
