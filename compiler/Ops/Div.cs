// SPDX-License-Identifier: MIT
using System.Numerics;
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// output = activation(a / b); of int8, b is a single constant and the device looks quotients up.
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
        Require.Constant(node, divisor);
        Require.That(divisor.Shape.Count == 1, node, $"a divisor of shape {divisor.Shape}", "a single constant");
        Require.That(divisor.As<sbyte>()[0] != divisor.Quantization!.ZeroPoint, node, "the divisor is zero", "any other constant");
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
            return Math.Clamp(Quotient(dividend, Math.Abs(divisor), scale) + output.ZeroPoint, min, max);
        };
    }

    protected override KernelCall Kernel(Node node, Broadcast walk) => node.Output.Type == ElementType.F32
        ? RealOperation.Div.Call(node, walk, Activation)
        : throw new InvalidOperationException("a single constant divisor is a table");

    private static Requantization Scale(Node node) => Requantization.Of(
        node.Inputs[0].Quantization!.Scale / (node.Inputs[1].Quantization!.Scale * node.Output.Quantization!.Scale));

    // The reciprocal is a Q0.31 from Newton steps; the dividend uses all the bits it has left.
    private static int Quotient(int dividend, int divisor, Requantization scale)
    {
        var leading = BitOperations.LeadingZeroCount((uint)divisor);
        var reciprocal = FixedPointFunctions.OneOverOnePlus((int)(((uint)divisor << leading) - (1u << 31)));
        var headroom = dividend == 0 ? 31 : BitOperations.LeadingZeroCount((uint)(dividend < 0 ? ~dividend : dividend)) - 1;
        var quotient = FixedPoint.HighMul(dividend << headroom, reciprocal);
        var right = (31 - leading) + headroom - scale.Shift;
        return right > 31 ? 0 : FixedPoint.DivideByPot(FixedPoint.HighMul(quotient, scale.Multiplier), right);
    }
}
