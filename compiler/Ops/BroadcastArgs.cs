// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>The shape that two shapes broadcast to: BROADCAST_ARGS. Shapes are known here, so it never reaches the device.</summary>
internal sealed record BroadcastArgs : Op
{
    public override string Name => "broadcast_args";

    public static void Import(ImportContext context) => context.Add(new BroadcastArgs(), [context.Input(0), context.Input(1)], [context.Output(0)]);

    public override void Check(Node node)
    {
        var (a, b) = (node.Inputs[0], node.Inputs[1]);
        Require.OneOf(node, a, ElementType.S32, ElementType.S64);
        Require.Types(node, a.Type, b, node.Output);
        Require.That(a.IsConstant && b.IsConstant, node, "shapes that are computed at run time", "constant shapes");
        Require.That(
            Result(node) is { } result && result.Rank == node.Output.Shape.Count,
            node,
            $"{Of(a)} with {Of(b)} as {node.Output.Shape.Count} dimensions",
            "shapes that broadcast, and one output element for each dimension");
    }

    public override IReadOnlyList<ReadOnlyMemory<byte>>? Fold(Node node)
    {
        if (!node.Inputs.All(input => input.IsConstant))
        {
            return null;
        }

        Check(node);
        var sizes = Result(node)!.Dimensions;
        return
        [
            node.Output.Type == ElementType.S32
                ? MemoryMarshal.AsBytes<int>([.. sizes]).ToArray()
                : MemoryMarshal.AsBytes<long>([.. sizes.Select(size => (long)size)]).ToArray(),
        ];
    }

    public override IReadOnlyList<KernelCall> Lower(Node node) => throw new InvalidOperationException("BROADCAST_ARGS is always folded");

    private static Shape? Result(Node node) => Broadcast.ShapeOf(Of(node.Inputs[0]), Of(node.Inputs[1]));

    private static Shape Of(Value value) => new([.. value.Integers()]);
}
