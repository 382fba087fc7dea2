// SPDX-License-Identifier: MIT
using System.Numerics;
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// output = activation(a / b); <c>kernels/div/ti_div.h</c> has the formula of int8. Beside a single constant the device looks quotients up.
/// </summary>
internal sealed record Div(Activation Activation) : BinaryOp
{
    // A dividend of 9 bits has 22 left in an int32.
    private const int MaxShift = 22;

    public override string Name => "div";

    protected override string Attributes => Activation.Text();

    public static void Import(ImportContext context) => context.Add(
        new Div(context.Activation(context.Options<DivOptions>().Activation)), [context.Input(0), context.Input(1)], [context.Output(0)]);

    public override void Check(Node node)
    {
        base.Check(node);
        if (node.Output.Type == ElementType.F32)
        {
            return;
        }

        var divisor = node.Inputs[1];
        Require.That(
            !divisor.IsConstant || !divisor.As<sbyte>().Contains((sbyte)divisor.Quantization!.ZeroPoint), node, "a divisor is zero", "any other constant");
        Require.That(Scale(node).Shift <= MaxShift, node, "the output's scale is too small for the operands'", $"a scale of quotients below 2^{MaxShift} of the output's");
    }

    protected override IReadOnlyList<ElementType> WideTypes => [ElementType.F32];

    protected override Func<int, int, int> Function(Node node)
    {
        var (a, b, output) = (node.Inputs[0].Quantization!, node.Inputs[1].Quantization!, node.Output.Quantization!);
        var scale = Scale(node);
        var (min, max) = Activation.Bounds(node.Output);

        return (x, y) =>
        {
            var divisor = y - b.ZeroPoint;
            var dividend = divisor < 0 ? a.ZeroPoint - x : x - a.ZeroPoint;
            return Math.Clamp(divisor == 0 ? output.ZeroPoint : Quotient(dividend, Math.Abs(divisor), scale) + output.ZeroPoint, min, max);
        };
    }

    protected override KernelCall Kernel(Node node, Broadcast walk) => node.Output.Type == ElementType.F32
        ? RealOperation.Div.Call(node, walk, Activation)
        : Stored(node, walk);

    private KernelCall Stored(Node node, Broadcast walk)
    {
        var (min, max) = Activation.Bounds(node.Output);
        var scale = Scale(node);
        return new KernelCall(
            "div_s8",
            [
                .. walk.Fields,
                ("a_zero_point", node.Inputs[0].Quantization!.ZeroPoint),
                ("b_zero_point", node.Inputs[1].Quantization!.ZeroPoint),
                ("zero_point", node.Output.Quantization!.ZeroPoint),
                ("multiplier", scale.Multiplier),
                ("shift", scale.Shift),
                ("min", min),
                ("max", max),
            ],
            [node.Inputs[0], node.Inputs[1], ConstantOperand.Of("reciprocals", [0, .. Enumerable.Range(1, 255).Select(Reciprocal)])],
            [node.Output]);
    }

    private static Requantization Scale(Node node) => Requantization.Of(
        node.Inputs[0].Quantization!.Scale / (node.Inputs[1].Quantization!.Scale * node.Output.Quantization!.Scale));

    private static int Reciprocal(int divisor) =>
        FixedPointFunctions.OneOverOnePlus((int)(((uint)divisor << BitOperations.LeadingZeroCount((uint)divisor)) - (1u << 31)));

    // The reciprocal is a Q0.31 from Newton steps; the dividend uses all the bits it has left.
    private static int Quotient(int dividend, int divisor, Requantization scale)
    {
        var leading = BitOperations.LeadingZeroCount((uint)divisor);
        var reciprocal = Reciprocal(divisor);
        var headroom = dividend == 0 ? 31 : BitOperations.LeadingZeroCount((uint)(dividend < 0 ? ~dividend : dividend)) - 1;
        var quotient = FixedPoint.HighMul(dividend << headroom, reciprocal);
        var right = (31 - leading) + headroom - scale.Shift;
        return right > 31 ? 0 : FixedPoint.DivideByPot(FixedPoint.HighMul(quotient, scale.Multiplier), right);
    }
}
