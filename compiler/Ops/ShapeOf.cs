// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>The dimensions of the input as a tensor: SHAPE. Shapes are known here, so it never reaches the device.</summary>
internal sealed record ShapeOf : Op
{
    public override string Name => "shape";

    public static void Import(ImportContext context) => context.Add(new ShapeOf(), [context.Input(0)], [context.Output(0)]);

    public override void Check(Node node)
    {
        Require.OneOf(node, node.Output, ElementType.S32, ElementType.S64);
        Require.That(node.Output.Shape.Count == node.Input.Shape.Rank, node, $"output {node.Output.Shape} for {node.Input.Shape}", "one element a dimension");
    }

    public override IReadOnlyList<ReadOnlyMemory<byte>> Fold(Node node)
    {
        Check(node);
        int[] sizes = [.. node.Input.Shape.Dimensions];
        return
        [
            node.Output.Type == ElementType.S32
                ? MemoryMarshal.AsBytes<int>(sizes).ToArray()
                : MemoryMarshal.AsBytes<long>([.. sizes.Select(size => (long)size)]).ToArray(),
        ];
    }

    public override IReadOnlyList<KernelCall> Lower(Node node) => throw new InvalidOperationException("SHAPE is always folded");
}
