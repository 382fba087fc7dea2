// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>output = (a - b)^2. Both operands are brought to twice the larger scale, those of int8 with seven bits below the point.</summary>
internal sealed record SquaredDifference : BinaryOp
{
    private const int LeftShift = 7;

    public override string Name => "squared_difference";

    public static void Import(ImportContext context) =>
        context.Add(new SquaredDifference(), [context.Input(0), context.Input(1)], [context.Output(0)]);

    protected override IReadOnlyList<ElementType> WideTypes => [ElementType.S16, ElementType.F32];

    public override void Check(Node node)
    {
        base.Check(node);
        if (node.Output.Type == ElementType.S16)
        {
            Require.Symmetric(node, node.Inputs[0], node.Inputs[1], node.Output);
        }
    }

    protected override Func<int, int, int> Function(Node node)
    {
        var (aZeroPoint, bZeroPoint, zeroPoint) = (node.Inputs[0].Quantization!.ZeroPoint, node.Inputs[1].Quantization!.ZeroPoint, node.Output.Quantization!.ZeroPoint);
        var (a, b, square) = Scales(node);

        return (x, y) =>
        {
            var difference = a.Apply((x - aZeroPoint) << LeftShift) - b.Apply((y - bZeroPoint) << LeftShift);
            return FixedPoint.Saturated(unchecked(square.Apply(difference * difference) + zeroPoint));
        };
    }

    protected override KernelCall Kernel(Node node, Broadcast walk)
    {
        if (node.Output.Type == ElementType.F32)
        {
            return RealOperation.SquaredDifference.Call(node, walk);
        }

        var (a, b, square) = Scales(node);
        if (node.Output.Type == ElementType.S16)
        {
            return new KernelCall(
                "squared_difference_s16",
                [
                    .. walk.Fields,
                    ("a_multiplier", a.Multiplier),
                    ("a_shift", a.Shift),
                    ("b_multiplier", b.Multiplier),
                    ("b_shift", b.Shift),
                    ("multiplier", square.Multiplier),
                    ("shift", square.Shift),
                ],
                [node.Inputs[0], node.Inputs[1]],
                [node.Output]);
        }

        return new KernelCall(
            "squared_difference_s8",
            [
                .. walk.Fields,
                ("a_zero_point", node.Inputs[0].Quantization!.ZeroPoint),
                ("a_multiplier", a.Multiplier),
                ("a_shift", a.Shift),
                ("b_zero_point", node.Inputs[1].Quantization!.ZeroPoint),
                ("b_multiplier", b.Multiplier),
                ("b_shift", b.Shift),
                ("zero_point", node.Output.Quantization!.ZeroPoint),
                ("multiplier", square.Multiplier),
                ("shift", square.Shift),
            ],
            [node.Inputs[0], node.Inputs[1]],
            [node.Output]);
    }

    private static (Requantization A, Requantization B, Requantization Square) Scales(Node node)
    {
        var (a, b, output) = (node.Inputs[0].Quantization!.Scale, node.Inputs[1].Quantization!.Scale, node.Output.Quantization!.Scale);
        var (twice, left) = (2 * (double)Math.Max(a, b), node.Output.Type == ElementType.S16 ? 0 : LeftShift);
        return (Requantization.Of(a / twice), Requantization.Of(b / twice), Requantization.Of(twice * twice / ((1 << (2 * left)) * output)));
    }
}
