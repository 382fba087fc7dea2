// SPDX-License-Identifier: MIT
using System.Numerics;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>Ops of one tensor, by their definitions in TensorFlow Lite Micro's reference kernels.</summary>
internal static class UnaryReference
{
    public static long[][] Relu(ReferenceCall call) => Rectified(call, ActivationFunction.RELU);

    public static long[][] ReluN1To1(ReferenceCall call) => Rectified(call, ActivationFunction.RELU_N1_TO_1);

    /// <summary>Stored values cut to the input's 0 and 6.</summary>
    public static long[][] Relu6(ReferenceCall call)
    {
        var input = call.Input.Tensor;
        var six = Math.Min(input.Range.Max, (long)MathF.Round(6 / input.Scale, MidpointRounding.AwayFromZero) + input.ZeroPoint);
        return Each(call, value => Math.Min(Math.Max(value, input.ZeroPoint), six));
    }

    public static long[][] LeakyRelu(ReferenceCall call)
    {
        var input = call.Input.Tensor;
        var alpha = ((LeakyReluOptions)call.Options).Alpha;
        var identity = input.Scale / call.Output.Scale;
        var slope = input.Scale * alpha / call.Output.Scale;

        return Each(call, value => call.Activate(
            value >= input.ZeroPoint
                ? Fixed.Scaled(value - input.ZeroPoint, identity)
                : Math.Sign(alpha) * Fixed.Scaled(value - input.ZeroPoint, Math.Abs(slope)),
            ActivationFunction.NONE));
    }

    public static long[][] Abs(ReferenceCall call)
    {
        var input = call.Input.Tensor;
        var scale = input.Scale / call.Output.Scale;
        return Each(call, value => call.Activate(Fixed.Scaled(Math.Abs(value - input.ZeroPoint), scale), ActivationFunction.NONE));
    }

    public static long[][] Rsqrt(ReferenceCall call)
    {
        var input = call.Input.Tensor;
        var (multiplier, shift) = Fixed.Multiplier(1.0 / (MathF.Sqrt(input.Scale) * call.Output.Scale));

        return Each(call, stored =>
        {
            var value = stored - input.ZeroPoint;
            if (value <= 0)
            {
                return call.Output.Range.Max;
            }

            var (root, rootShift) = InverseRoot(value);
            return call.Activate(Fixed.Scaled(Fixed.Scaled(1, root, 20 + rootShift), multiplier, shift - 20), ActivationFunction.NONE);
        });
    }

    /// <summary>1 / sqrt(value) as multiplier * 2^(shift - 31); of 0 and 1 it is one.</summary>
    public static (BigInteger Multiplier, int Shift) InverseRoot(long value)
    {
        if (value <= 1)
        {
            return (int.MaxValue, 0);
        }

        // value = (raw / 2^28) * 4^(pairs from 2^28 down), raw in [2^27, 2^29) before it is halved to a Q3.28.
        var right = 11;
        for (; value >= 1 << 29; value /= 4)
        {
            right++;
        }

        for (; value << 2 < 1 << 29; value <<= 2)
        {
            right--;
        }

        var root = QNumber.InverseSqrt(new QNumber(value >> 1, 3)).Raw;
        return right < 0 ? (root << -right, 0) : (root, -right);
    }

    public static long[][] Logistic(ReferenceCall call) => call.Output.Type == TensorType.INT16 ? Sigmoid(call, 0, SigmoidReference.Logistic)
        : call.Output.Type == TensorType.UINT8 ? InFloat(call, x => 1 / (1 + (float)Math.Exp(-x)))
        : Squashed(call, x => Fixed.HalfAway(QNumber.Logistic(x).Raw, 1 << 23) - 128);

    public static long[][] Tanh(ReferenceCall call) => call.Output.Type == TensorType.INT16 ? Sigmoid(call, 1, SigmoidReference.Tanh)
        : call.Output.Type == TensorType.UINT8 ? InFloat(call, x => (float)Math.Tanh(x))
        : Squashed(call, x => Fixed.HalfAway(QNumber.Tanh(x).Raw, 1 << 24));

    /// <summary>
    /// x * relu6(x + 3) / 6 with 16-bit factors: x and its ramp from [-3, 3] to [0, 1] are rounded to Q0.15, their product is
    /// truncated, and the output's power of two is taken off with halves away from zero.
    /// </summary>
    public static long[][] HardSwish(ReferenceCall call)
    {
        var input = call.Input.Tensor;
        var fine = input.Scale * 0.0078125f;
        var (outputMultiplier, outputShift) = Fixed.Multiplier(fine / call.Output.Scale);
        var (rampMultiplier, rampShift) = Fixed.Multiplier(fine / (3f / 32768f));

        return Each(call, stored =>
        {
            var x = (stored - input.ZeroPoint) * 128;
            var ramp = rampShift > 0 ? Short(new BigInteger(x) << (rampShift - 1)) : x;
            ramp = Times(ramp, rampMultiplier);
            ramp = rampShift > 0 ? Short(new BigInteger(ramp) * 2) : Divided(ramp, -rampShift);
            var product = (ramp + 32768) / 2 * Times(x, outputMultiplier) / 32768;
            return call.Activate(Divided(product, -outputShift), ActivationFunction.NONE);
        });

        // gemmlowp's RoundingDivideByPOT, its mask in 16 bits like all it computes.
        long Divided(long value, int exponent)
        {
            var mask = unchecked((short)((1L << exponent) - 1));
            return (value >> exponent) + ((value & mask) > (mask >> 1) + (value < 0 ? 1 : 0) ? 1 : 0);
        }
    }

    public static long[][] Elu(ReferenceCall call) => InFloat(call, x => x < 0 ? (float)Math.Exp(x) - 1f : x);

    public static long[][] Ceil(ReferenceCall call) => InFloat(call, MathF.Ceiling);

    public static long[][] Cos(ReferenceCall call) => InFloat(call, x => (float)Math.Cos(x));

    public static long[][] Floor(ReferenceCall call) => InFloat(call, MathF.Floor);

    public static long[][] Round(ReferenceCall call) => InFloat(call, x => MathF.Round(x, MidpointRounding.ToEven));

    public static long[][] Sin(ReferenceCall call) => InFloat(call, x => (float)Math.Sin(x));

    public static long[][] Exp(ReferenceCall call) => InFloat(call, x => (float)Math.Exp(x));

    public static long[][] Log(ReferenceCall call) => InFloat(call, x => x > 0 ? (float)Math.Log(x) : float.NegativeInfinity);

    public static long[][] Neg(ReferenceCall call) => InFloat(call, x => 0 - x);

    public static long[][] Sqrt(ReferenceCall call) => InFloat(call, x => x >= 0 ? (float)Math.Sqrt(x) : float.NegativeInfinity);

    public static long[][] Square(ReferenceCall call) => InFloat(call, x => x * x);

    /// <summary>round(real / scale) + zero point, in float, from floats; else the scaled difference to the zero point.</summary>
    public static long[][] Quantize(ReferenceCall call)
    {
        var output = call.Output;
        if (call.Input.Tensor.Type == TensorType.FLOAT32)
        {
            return [[.. call.Input.Floats.Select(real => (long)Math.Clamp(
                Math.Round((double)(real / output.Scale), MidpointRounding.AwayFromZero) + output.ZeroPoint, output.Range.Min, output.Range.Max))]];
        }

        var scale = (double)call.Input.Tensor.Scale / output.Scale;
        var (min, max) = output.Type == TensorType.INT32 ? (int.MinValue, int.MaxValue) : output.Range;
        return Each(call, value => Math.Clamp(Fixed.Scaled(value - call.Input.Tensor.ZeroPoint, scale) + output.ZeroPoint, min, max));
    }

    /// <summary>The bits of the floats, whose product is one of doubles, rounded once.</summary>
    public static long[][] Dequantize(ReferenceCall call) =>
        [[.. call.Input.Floats.Select(real => (long)BitConverter.SingleToInt32Bits(real))]];

    private static long[][] Rectified(ReferenceCall call, ActivationFunction activation)
    {
        var input = call.Input.Tensor;
        var scale = input.Scale / call.Output.Scale;
        return Each(call, value => call.Activate(Fixed.Scaled(value - input.ZeroPoint, scale), activation));
    }

    /// <summary>
    /// Inputs in units of 1 / 12288: three times 2^k where the scale is 2^(k - 12), otherwise by a multiplier of at most 15 bits,
    /// truncated, halves up. Products of larger ones wrap.
    /// </summary>
    private static long[][] Sigmoid(ReferenceCall call, int powers, Func<long, long> function)
    {
        var scale = (double)call.Input.Tensor.Scale;
        for (var k = 0; k <= powers; k++)
        {
            if (Math.Abs(Math.Log2(scale) - (k - 12)) < 1e-3)
            {
                return Each(call, value => function(value * 3 * (1 << k)));
            }
        }

        var shift = 0;
        while (scale * 12288 * Math.Pow(2, shift) <= 16383.5)
        {
            shift++;
        }

        var multiplier = (long)(scale * 12288 * Math.Pow(2, shift));
        return Each(call, value => function(unchecked((int)((value * multiplier) + ((1L << shift) / 2))) >> shift));
    }

    // Inputs become Q4; those at or beyond 15 * 2^27 of the scaled range give the ends of int8.
    private static long[][] Squashed(ReferenceCall call, Func<QNumber, BigInteger> inside)
    {
        var input = call.Input.Tensor;
        var real = input.Scale * 134217728.0;
        var (multiplier, shift) = Fixed.Multiplier(real);
        var radius = Math.Floor(15 * 134217728.0 / Math.Pow(2, Math.Floor(Math.Log2(real)) + 1));

        return Each(call, stored =>
        {
            var value = stored - input.ZeroPoint;
            return value <= -radius ? -128
                : value >= radius ? 127
                : Math.Clamp((long)inside(new QNumber(Fixed.Scaled(value, multiplier, shift), 4)), -128, 127);
        });
    }

    private static long[][] InFloat(ReferenceCall call, Func<float, float> function)
    {
        var input = call.Input.Tensor;
        var inverse = 1f / call.Output.Scale;
        var (min, max) = call.Output.Range;
        return Each(call, value =>
        {
            var result = MathF.Round(function(input.Scale * (value - input.ZeroPoint)) * inverse, MidpointRounding.AwayFromZero) + call.Output.ZeroPoint;
            return result >= max ? max : result > min ? (long)result : min;
        });
    }

    private static long[][] Each(ReferenceCall call, Func<long, long> function) => [[.. call.Input.Values.Select(function)]];

    private static long Short(BigInteger value) => (long)BigInteger.Clamp(value, short.MinValue, short.MaxValue);

    // A 16-bit value times the upper 16 bits, rounded, of a Q0.31.
    private static long Times(long value, BigInteger multiplier) =>
        (long)Fixed.Floor((value * BigInteger.Min(short.MaxValue, Fixed.Floor(multiplier + 32768, 16))) + 16384, 15);
}
