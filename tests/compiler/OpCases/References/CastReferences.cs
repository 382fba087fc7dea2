// SPDX-License-Identifier: MIT
using System.Numerics;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>CAST, ARG_MAX and ARG_MIN, on real numbers.</summary>
internal static class CastReferences
{
    public static long[][] Cast(ReferenceCall call)
    {
        var (from, to) = (call.Input, call.Output.Type);
        return from.Tensor.Type == TensorType.FLOAT32
            ? [[.. from.Floats.Select(value => OfReal(value, to))]]
            : [[.. from.Values.Select(value => OfInteger(value, to))]];
    }

    public static long[][] ArgMax(ReferenceCall call) => [Best(call, (candidate, best) => candidate > best)];

    public static long[][] ArgMin(ReferenceCall call) => [Best(call, (candidate, best) => candidate < best)];

    private static long[] Best(ReferenceCall call, Func<double, double, bool> better)
    {
        var (input, shape) = (call.Input, call.Input.Shape);
        double[] values = input.Tensor.Type == TensorType.FLOAT32 ? [.. input.Floats] : [.. input.Values];
        var axis = Elements.Axis(call.Inputs[1]!.Values[0], shape.Length);
        var numbers = Elements.Make(shape, index => index.Select((position, d) => (long)position * shape[(d + 1)..].Aggregate(1, (a, b) => a * b)).Sum());
        var step = (int)shape[(axis + 1)..].Aggregate(1, (a, b) => a * b);

        // Every row begins where its index along the axis is 0.
        return [.. numbers.Where(at => at / step % shape[axis] == 0).Select(start =>
        {
            var row = Enumerable.Range(0, shape[axis]).Select(a => values[start + (a * step)]).ToArray();
            var best = 0;
            for (var a = 1; a < row.Length; a++)
            {
                best = !double.IsNaN(row[a]) && (double.IsNaN(row[best]) || better(row[a], row[best])) ? a : best;
            }

            return (long)best;
        })];
    }

    private static long OfInteger(long value, TensorType to) => to switch
    {
        TensorType.FLOAT32 => BitConverter.SingleToInt32Bits(value),
        TensorType.BOOL => value == 0 ? 0 : 1,
        _ => value, // the test keeps as many low bytes as the type has
    };

    private static long OfReal(float value, TensorType to)
    {
        if (to is TensorType.FLOAT32 or TensorType.BOOL)
        {
            return to == TensorType.BOOL ? (value == 0 ? 0 : 1) : BitConverter.SingleToInt32Bits(value);
        }

        var (min, max) = to == TensorType.INT64 ? (long.MinValue, long.MaxValue) : (int.MinValue, int.MaxValue);
        if (!float.IsFinite(value))
        {
            return float.IsNaN(value) ? 0 : value > 0 ? max : min;
        }

        return (long)BigInteger.Max(min, BigInteger.Min(max, new BigInteger(value)));
    }
}
