// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Planning;

/// <summary>A chance to share memory: <paramref name="Inner"/> may lie <paramref name="Offset"/> bytes into <paramref name="Outer"/>.</summary>
internal sealed record Alias(AliasKind Kind, Node Node, Value Inner, Value Outer, int Offset)
{
    /// <summary>True when both are the same bytes, not only one a part of the other.</summary>
    public bool IsWhole => Inner.ByteSize == Outer.ByteSize;

    /// <summary>Every chance the ops of a graph offer, in execution order, where both values are computed and alignment allows it.</summary>
    public static IEnumerable<Alias> Of(Graph graph) => graph.Nodes
        .SelectMany(node => Views(node).Concat(Parts(node)).Concat(Overwrites(node)).Concat(Growths(node)).Concat(Updates(node)))
        .Where(alias => !alias.Inner.IsConstant && !alias.Outer.IsConstant && alias.Offset % ArenaPlan.Alignment == 0);

    private static IEnumerable<Alias> Views(Node node) =>
        from output in node.Outputs.Index()
        let offset = node.Op.ViewOffset(node, output.Index)
        where offset is not null
        select new Alias(AliasKind.View, node, output.Item, node.Input, offset.Value);

    private static IEnumerable<Alias> Parts(Node node) =>
        from input in node.Inputs.Index()
        let offset = node.Op.PartOffset(node, input.Index)
        where offset is not null && node.Inputs.Count(other => other == input.Item) == 1
        select new Alias(AliasKind.Part, node, input.Item, node.Output, offset.Value);

    private static IEnumerable<Alias> Overwrites(Node node) =>
        from output in node.Outputs.Index()
        from input in node.Inputs.Index()
        where node.CanOverwrite(output.Index, input.Index) && output.Item.ByteSize <= input.Item.ByteSize
        select new Alias(AliasKind.Overwrite, node, output.Item, input.Item, 0);

    private static IEnumerable<Alias> Growths(Node node) =>
        from input in node.Inputs.Index()
        let offset = node.Op.GrowsFrom(node, input.Index)
        where offset is not null
        select new Alias(AliasKind.Overwrite, node, input.Item, node.Output, ArenaPlan.Aligned(offset.Value));

    private static IEnumerable<Alias> Updates(Node node) =>
        from output in node.Outputs.Index()
        let input = node.Op.Updates(output.Index)
        where input is not null
        select new Alias(AliasKind.Overwrite, node, output.Item, node.Inputs[input.Value], 0);
}

internal enum AliasKind
{
    /// <summary>An output that is a range of its input (<see cref="Ops.Op.ViewOffset"/>).</summary>
    View,

    /// <summary>An input that is a range of the output (<see cref="Ops.Op.PartOffset"/>).</summary>
    Part,

    /// <summary>An output stored over an input that is not needed any more (<see cref="Ops.Op.CanOverwrite"/>, <see cref="Ops.Op.GrowsFrom"/>, <see cref="Ops.Op.Updates"/>).</summary>
    Overwrite,
}
