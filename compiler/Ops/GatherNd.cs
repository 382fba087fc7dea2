// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>Parts of the input, each named by the indices of its leading dimensions; an index outside counts as the nearest inside.</summary>
internal sealed record GatherNd : Op
{
    private const int MostIndices = 5;

    public override string Name => "gather_nd";

    public static void Import(ImportContext context) => context.Add(new GatherNd(), [context.Input(0), context.Input(1)], [context.Output(0)]);

    public override void Check(Node node)
    {
        var (input, indices, output) = (node.Input.Shape, node.Inputs[1].Shape, node.Output.Shape);

        Require.Types(node, node.Input.Type, node.Output);
        Require.Types(node, ElementType.S32, node.Inputs[1]);
        Require.Filled(node, node.Input, node.Inputs[1]);
        Require.That(
            indices.Rank >= 1 && indices[-1] <= Math.Min(input.Rank, MostIndices)
                && indices.Dimensions.SkipLast(1).Concat(input.Dimensions.Skip(indices[-1])).SequenceEqual(output.Dimensions),
            node,
            $"indices {indices} into {input} do not make {output}",
            $"at most {MostIndices} indices; an output of the indices' leading dimensions and the input's trailing ones");
    }

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var (input, indices) = (node.Input.Shape, node.Inputs[1].Shape);
        var count = indices[-1];
        var rest = new Shape([.. input.Dimensions.Skip(count)]);
        var strides = new Shape([.. input.Dimensions.Take(count)]).Strides();
        return
        [
            new KernelCall(
                "gather_nd",
                [
                    ("slices", indices.Count / count),
                    ("count", count),
                    ("item", rest.Count * node.Input.Type.Size()),
                    ("dims", [.. input.Dimensions.Take(count), .. Enumerable.Repeat(1, MostIndices - count)]),
                    ("strides", [.. strides, .. Enumerable.Repeat(1, MostIndices - count)]),
                ],
                [node.Input, node.Inputs[1]],
                [node.Output]),
        ];
    }
}
