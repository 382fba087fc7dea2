// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>LOG_SOFTMAX of float: TFLite's formula in its order, with the exponential and logarithm of double rounded once.</summary>
internal static class LogSoftmaxReference
{
    public static long[][] Compute(ReferenceCall call) =>
        [[.. call.Input.Floats.Chunk(call.Input.Shape[^1]).SelectMany(Row).Select(value => (long)BitConverter.SingleToInt32Bits(value))]];

    private static IEnumerable<float> Row(float[] row)
    {
        var largest = row.Max();
        var sum = row.Aggregate(0f, (partial, x) => partial + (float)Math.Exp(x - largest));
        var log = (float)Math.Log(sum);
        return row.Select(x => x - largest - log);
    }
}
