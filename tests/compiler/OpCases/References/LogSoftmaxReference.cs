// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>
/// LOG_SOFTMAX. Of float TFLite's formula in its order, with the exponential and logarithm of double rounded once; of int8 x - log(sum of e^x)
/// in fixed point, x being a row less its largest element.
/// </summary>
internal static class LogSoftmaxReference
{
    private const int InputBits = 5;
    private const int SumBits = 12;
    private const int OutputBits = 4;

    public static long[][] Compute(ReferenceCall call)
    {
        var depth = call.Input.Shape[^1];
        return call.Input.Tensor.Type == TensorType.INT8
            ? [[.. call.Input.Values.Chunk(depth).SelectMany(row => RowOfInt8(row, Math.Min((double)call.Input.Tensor.Scale * (1 << 26), int.MaxValue)))]]
            : [[.. call.Input.Floats.Chunk(depth).SelectMany(Row).Select(value => (long)BitConverter.SingleToInt32Bits(value))]];
    }

    private static IEnumerable<float> Row(float[] row)
    {
        var largest = row.Max();
        var sum = row.Aggregate(0f, (partial, x) => partial + (float)Math.Exp(x - largest));
        var log = (float)Math.Log(sum);
        return row.Select(x => x - largest - log);
    }

    private static IEnumerable<long> RowOfInt8(long[] row, double real)
    {
        var (multiplier, shift) = Fixed.Multiplier(real);
        var lowest = -(long)Math.Floor(31.0 * (1L << 26) / (1L << shift));
        QNumber Real(long x) => new(Fixed.Scaled(x, multiplier, shift), InputBits);

        var differences = row.Select(x => x - row.Max()).ToArray();
        var sum = differences.Where(x => x >= lowest).Aggregate(QNumber.Of(0, SumBits), (partial, x) => partial + QNumber.Exp(Real(x)).In(SumBits));
        var log = QNumber.Log(sum, InputBits);

        // x - log must not fall below -32.
        var bound = Fixed.Scaled((long)log.Raw + int.MinValue, Math.ScaleB(1, 31 - shift) / (double)multiplier);
        var least = Math.Max(lowest - 1, bound);
        return differences.Select(x => x <= least ? sbyte.MinValue : Math.Clamp((long)Fixed.HalfAway((Real(x) - log).Raw, 1 << (31 - InputBits - OutputBits)) + sbyte.MaxValue, sbyte.MinValue, sbyte.MaxValue));
    }
}
