// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// The input's positions along <paramref name="Axis"/> that the second operand lists, on the device: an index outside counts as
/// the nearest inside. Constant indices become a <see cref="Pick"/>, which needs none of this.
/// </summary>
/// <param name="BatchDimensions">Leading dimensions, at most Axis, that input and indices have in common.</param>
internal sealed record Gather(int Axis, int BatchDimensions) : Op
{
    public override string Name => "gather";

    public static void Import(ImportContext context)
    {
        var options = context.Options<GatherOptions>();
        var (input, indices) = (context.Input(0), context.Input(1));
        var axis = Axes.Normalize(context.Origin, options.Axis, input.Shape.Rank);
        var batch = options.BatchDims < 0 ? options.BatchDims + indices.Shape.Rank : options.BatchDims;

        if (indices.IsConstant && batch == 0)
        {
            context.Add(new Pick(axis, context.Integers(1, "indices")), [input], [context.Output(0)]);
            return;
        }

        context.Add(new Gather(axis, batch), [input, indices], [context.Output(0)]);
    }

    protected override string Attributes => $"axis={Axis}{(BatchDimensions > 0 ? $",batch={BatchDimensions}" : "")}";

    public override void Check(Node node)
    {
        var (input, indices, output) = (node.Input, node.Inputs[1], node.Output);
        Require.Types(node, input.Type, output);
        Require.Types(node, ElementType.S32, indices);

        var (i, x) = (input.Shape.Dimensions, indices.Shape.Dimensions);
        Require.That(
            BatchDimensions >= 0 && BatchDimensions <= Axis && BatchDimensions <= x.Count && i.Take(BatchDimensions).SequenceEqual(x.Take(BatchDimensions))
                && i.Take(Axis).Concat(x.Skip(BatchDimensions)).Concat(i.Skip(Axis + 1)).SequenceEqual(output.Shape.Dimensions)
                && i.Concat(output.Shape.Dimensions).All(size => size > 0),
            node,
            $"indices {indices.Shape} along axis {Axis} of {input.Shape} with {BatchDimensions} batch dimensions do not make {output.Shape}",
            "the input's shape with the axis replaced by the indices' shape");
    }

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var (input, indices) = (node.Input.Shape.Dimensions, node.Inputs[1].Shape.Dimensions);
        return
        [
            new KernelCall(
                "gather",
                [
                    ("batch", Product(input.Take(BatchDimensions))),
                    ("outer", Product(input.Take(Axis).Skip(BatchDimensions))),
                    ("axis", input[Axis]),
                    ("count", Product(indices.Skip(BatchDimensions))),
                    ("item", Product(input.Skip(Axis + 1)) * node.Input.Type.Size()),
                ],
                [node.Input, node.Inputs[1]],
                [node.Output]),
        ];
    }

    private static int Product(IEnumerable<int> sizes) => sizes.Aggregate(1, (product, size) => product * size);
}

/// <summary>The input's positions along <paramref name="Axis"/> that are listed: GATHER with constant indices.</summary>
internal sealed record Pick(int Axis, IReadOnlyList<int> Indices) : MoveOp
{
    public override string Name => "gather";

    protected override string Attributes => $"axis={Axis},[{string.Join(',', Indices)}]";

    protected override void CheckShapes(Node node)
    {
        TableCopy.CheckSizes(node);
        var (input, output) = (node.Input.Shape, node.Output.Shape);
        Require.That(
            Indices.Count > 0 && Indices.All(index => index >= 0 && index < input[Axis]) && input.Dimensions.Without(Axis).Aggregate(Indices.Count, (a, b) => a * b) == output.Count,
            node,
            $"indices {new Shape([.. Indices])} along axis {Axis} of {input} do not make {output}",
            $"indices of 0..{input[Axis] - 1}, as many as the output's positions");
    }

    protected override IReadOnlyList<Piece> Pieces(Node node)
    {
        var input = node.Input.Shape;
        var strides = input.Strides();
        var tables = strides.Select((stride, d) => (d == Axis ? Indices : Enumerable.Range(0, input[d])).Select(index => index * stride).ToArray());
        return [new Piece(node.Input, node.Output, TableCopy.Of([.. tables]))];
    }
}
