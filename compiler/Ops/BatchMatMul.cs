// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// output[.., r, c] = sum over k of a[.., r, k] * b[.., k, c], leading dimensions broadcast; an adjoint operand has its last two
/// dimensions swapped. int8 by one constant matrix is a fully connected layer.
/// </summary>
internal sealed record BatchMatMul(bool AdjointA, bool AdjointB) : Op
{
    private const int MaxRank = 5;

    public override string Name => "batch_matmul";

    protected override string Attributes => string.Join(',', new[] { AdjointA ? "adjoint_a" : "", AdjointB ? "adjoint_b" : "" }.Where(text => text.Length > 0));

    public static void Import(ImportContext context)
    {
        var options = context.Options<BatchMatMulOptions>();
        var (a, b, output) = (context.Input(0), context.Input(1), context.Output(0));

        if (a.Type == ElementType.S8 && b is { Type: ElementType.S8, IsConstant: true, Shape.Rank: 2 } && !options.AdjointX)
        {
            var weights = options.AdjointY ? b : Transposed(b);
            context.Add(new FullyConnected(Activation.None), [a, weights, context.ZeroBias(a, weights.Shape[0])], [output]);
            return;
        }

        context.Add(new BatchMatMul(options.AdjointX, options.AdjointY), [a, b], [output]);
    }

    public override void Check(Node node)
    {
        var (a, b) = (node.Inputs[0], node.Inputs[1]);

        Require.OneOf(node, a, ElementType.S8, ElementType.S16, ElementType.F32);
        Require.Types(node, a.Type, b, node.Output);
        Require.Filled(node, a, b);
        if (a.Type == ElementType.S8)
        {
            Require.PerTensor(node, a, b, node.Output);
        }
        else if (a.Type == ElementType.S16)
        {
            Require.Symmetric(node, a, b, node.Output);
            Require.That(Scale(node).Wide.Shift is >= 8 and <= 46, node, "the output's scale is too far from the operands' product", "a factor of 2^-31 to 2^7");
        }

        Require.That(
            a.Shape.Rank is >= 2 and <= MaxRank && b.Shape.Rank is >= 2 and <= MaxRank && Expected(a.Shape, b.Shape)?.SequenceEqual(node.Output.Shape.Dimensions) == true,
            node,
            $"shapes {a.Shape} and {b.Shape} do not make {node.Output.Shape}",
            $"[.., rows, depth] and [.., depth, columns], of at most {MaxRank} dimensions, that make [.., rows, columns]");
    }

    public override long Macs(Node node) => (long)node.Output.Shape.Count * Matrix(node.Inputs[0].Shape, AdjointA).Columns;

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var (a, b) = (node.Inputs[0], node.Inputs[1]);
        var (left, right) = (Matrix(a.Shape, AdjointA), Matrix(b.Shape, AdjointB));
        var batch = new Shape([.. node.Output.Shape.Extended(MaxRank).Dimensions.Take(MaxRank - 2)]);
        IReadOnlyList<Field> shape =
        [
            ("shape.batch", [.. batch.Dimensions]),
            ("shape.rows", left.Rows),
            ("shape.columns", right.Columns),
            ("shape.depth", left.Columns),
            ("shape.a_batch", BatchStrides(a.Shape)),
            ("shape.a_row", left.RowStride),
            ("shape.a_depth", left.ColumnStride),
            ("shape.b_batch", BatchStrides(b.Shape)),
            ("shape.b_depth", right.RowStride),
            ("shape.b_column", right.ColumnStride),
        ];

        KernelCall Call(string kernel, params IReadOnlyList<Field> rest) => new(kernel, [.. shape, .. rest], [a, b], [node.Output]);

        return
        [
            a.Type switch
            {
                ElementType.S8 => Call(
                    "batch_matmul_s8",
                    ("a_zero_point", a.Quantization!.ZeroPoint),
                    ("b_zero_point", b.Quantization!.ZeroPoint),
                    ("zero_point", node.Output.Quantization!.ZeroPoint),
                    ("multiplier", Scale(node).Multiplier),
                    ("shift", Scale(node).Shift)),
                ElementType.S16 => Call("batch_matmul_s16", ("multiplier", Scale(node).Wide.Multiplier), ("shift", Scale(node).Wide.Shift)),
                _ => Call("batch_matmul_f32"),
            },
        ];
    }

    private static Requantization Scale(Node node) => ChannelScales.RequantizationsOfProduct(node.Inputs[0], node.Inputs[1], node.Output, 1)[0];

    private static (int Rows, int Columns, int RowStride, int ColumnStride) Matrix(Shape shape, bool adjoint) =>
        adjoint ? (shape[-1], shape[-2], 1, shape[-1]) : (shape[-2], shape[-1], shape[-1], 1);

    private static int[] BatchStrides(Shape shape)
    {
        var extended = shape.Extended(MaxRank);
        return [.. extended.Strides().Zip(extended.Dimensions, (stride, size) => size == 1 ? 0 : stride).Take(MaxRank - 2)];
    }

    /// <summary>The output's dimensions, or null when the operands do not go together.</summary>
    private IEnumerable<int>? Expected(Shape a, Shape b)
    {
        var (left, right) = (Matrix(a, AdjointA), Matrix(b, AdjointB));
        var batch = Broadcast.ShapeOf(new Shape([.. a.Dimensions.SkipLast(2)]), new Shape([.. b.Dimensions.SkipLast(2)]));
        return batch is null || left.Columns != right.Rows ? null : [.. batch.Dimensions, left.Rows, right.Columns];
    }

    private static Value Transposed(Value matrix)
    {
        var (rows, columns) = (matrix.Shape[0], matrix.Shape[1]);
        var turned = new byte[matrix.ByteSize];
        for (var i = 0; i < turned.Length; i++)
        {
            turned[i] = matrix.Constant!.Value.Span[(i % rows * columns) + (i / rows)];
        }

        return new Value($"{matrix.Name}/transposed", matrix.Type, new Shape(columns, rows)) { Quantization = matrix.Quantization, Constant = turned };
    }
}
