// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>
/// Ops of two tensors, by their definitions in TensorFlow Lite Micro's reference kernels. Each element of the output finds
/// its operands by its own indices.
/// </summary>
internal static class ElementwiseReference
{
    /// <summary>Both operands in units of twice the larger scale / 2^20, or 2^15 of int16, added, scaled to the output.</summary>
    public static long[][] Add(ReferenceCall call)
    {
        var unit = Unit(call);
        var (a, b) = (call.Input.Tensor, call.Inputs[1]!.Tensor);
        var twice = 2.0 * Math.Max(a.Scale, b.Scale);
        var scale = twice / ((double)unit * call.Output.Scale);

        return Each(call, (x, y) => call.Activate(
            Fixed.Scaled(Fixed.Scaled((x - a.ZeroPoint) * unit, a.Scale / twice) + Fixed.Scaled((y - b.ZeroPoint) * unit, b.Scale / twice), scale),
            ((AddOptions)call.Options).Activation));
    }

    /// <summary>The same with floats for scales.</summary>
    public static long[][] Sub(ReferenceCall call)
    {
        var unit = Unit(call);
        var (a, b) = (call.Input.Tensor, call.Inputs[1]!.Tensor);
        var twice = 2f * Math.Max(a.Scale, b.Scale);
        var scale = twice / ((float)unit * call.Output.Scale);

        return Each(call, (x, y) => call.Activate(
            Fixed.Scaled(Fixed.Scaled((x - a.ZeroPoint) * unit, a.Scale / twice) - Fixed.Scaled((y - b.ZeroPoint) * unit, b.Scale / twice), scale),
            ((SubOptions)call.Options).Activation));
    }

    public static long[][] Mul(ReferenceCall call)
    {
        var (a, b) = (call.Input.Tensor, call.Inputs[1]!.Tensor);
        var scale = (double)a.Scale * b.Scale / call.Output.Scale;

        return Each(call, (x, y) => call.Activate(Fixed.Scaled((x - a.ZeroPoint) * (y - b.ZeroPoint), scale), ((MulOptions)call.Options).Activation));
    }

    public static long[][] Maximum(ReferenceCall call) => Each(call, Math.Max);

    public static long[][] Minimum(ReferenceCall call) => Each(call, Math.Min);

    /// <summary>Both operands in units of twice the larger scale, / 2^7 of int8, the square of the difference scaled to the output.</summary>
    public static long[][] SquaredDifference(ReferenceCall call)
    {
        var (a, b) = (call.Input.Tensor, call.Inputs[1]!.Tensor);
        var (twice, unit) = (2.0 * Math.Max(a.Scale, b.Scale), call.Output.Type == TensorType.INT16 ? 1 : 128);
        var scale = twice * twice / (unit * unit * call.Output.Scale);

        return Each(call, (x, y) =>
        {
            var difference = Fixed.Scaled((x - a.ZeroPoint) * unit, a.Scale / twice) - Fixed.Scaled((y - b.ZeroPoint) * unit, b.Scale / twice);
            return call.Activate(Fixed.Scaled(difference * difference, scale), ActivationFunction.NONE);
        });
    }

    public static long[][] Prelu(ReferenceCall call)
    {
        var (a, b) = (call.Input.Tensor, call.Inputs[1]!.Tensor);
        var identity = (double)a.Scale / call.Output.Scale;
        var slope = (double)a.Scale * b.Scale / call.Output.Scale;

        return Each(call, (x, y) => call.Activate(
            x >= a.ZeroPoint ? Fixed.Scaled(x - a.ZeroPoint, identity) : Fixed.Scaled((x - a.ZeroPoint) * (y - b.ZeroPoint), slope),
            ActivationFunction.NONE));
    }

    /// <summary>Dividend times the reciprocal of the divisor's magnitude, brought into [1, 2) by <c>up</c> bits.</summary>
    public static long[][] Div(ReferenceCall call)
    {
        var (a, b) = (call.Input.Tensor, call.Inputs[1]!.Tensor);
        var (multiplier, shift) = Fixed.Multiplier(a.Scale / (b.Scale * call.Output.Scale));

        return Each(call, (x, y) =>
        {
            var dividend = (x - a.ZeroPoint) * Math.Sign(y - b.ZeroPoint);
            var divisor = Math.Abs(y - b.ZeroPoint);
            if (divisor == 0)
            {
                return call.Activate(0, ((DivOptions)call.Options).Activation);
            }

            var up = 31 - (int)Math.Floor(Math.Log2(divisor));
            var reciprocal = QNumber.OneOverOnePlus(new QNumber((divisor << up) - (1L << 31), 0));
            var headroom = dividend == 0 ? 31 : 30 - (int)Math.Floor(Math.Log2(dividend > 0 ? dividend : Math.Max(-dividend - 1, 0.5)));
            var quotient = new QNumber(dividend << headroom, 0) * reciprocal;
            return call.Activate(Fixed.Scaled((long)quotient.Raw, multiplier, shift - (31 - up) - headroom), ((DivOptions)call.Options).Activation);
        });
    }

    private static long Unit(ReferenceCall call) => call.Output.Type == TensorType.INT16 ? 32768 : 1048576;

    private static long[][] Each(ReferenceCall call, Func<long, long, long> function)
    {
        var shape = call.Output.Shape;
        var result = new long[call.Output.Count];
        var indices = new int[shape.Length];

        for (var i = 0; i < result.Length; i++)
        {
            var rest = i;
            for (var axis = shape.Length - 1; axis >= 0; axis--)
            {
                indices[axis] = rest % shape[axis];
                rest /= shape[axis];
            }

            result[i] = function(At(call.Input, indices), At(call.Inputs[1]!, indices));
        }

        return [result];
    }

    private static long At(ReferenceTensor tensor, int[] indices)
    {
        var missing = indices.Length - tensor.Shape.Length;
        return tensor.At([.. tensor.Shape.Select((dimension, axis) => dimension == 1 ? 0 : indices[axis + missing])]);
    }
}
