// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>AVERAGE_POOL_2D and MAX_POOL_2D over the positions of the window that lie inside the input.</summary>
internal static class PoolReference
{
    public static long[][] Average(ReferenceCall call) =>
        Compute(call, taps => (long)Fixed.HalfAway(taps.Sum(), taps.Count));

    public static long[][] Max(ReferenceCall call) => Compute(call, taps => taps.Max());

    private static long[][] Compute(ReferenceCall call, Func<List<long>, long> pool)
    {
        var options = (Pool2DOptions)call.Options;
        var (input, shape) = (call.Input, call.Output.Shape);
        var window = new ReferenceWindow(options.Padding, (options.StrideH, options.StrideW), (1, 1), (options.FilterHeight, options.FilterWidth));
        var result = new List<long>();

        for (var at = 0; at < call.Output.Count; at++)
        {
            var (c, x, y, b) = (at % shape[3], at / shape[3] % shape[2], at / shape[3] / shape[2] % shape[1], at / shape[3] / shape[2] / shape[1]);
            var taps = window.Taps(input.Shape, shape, y, x).Select(tap => input.At(b, tap.InY, tap.InX, c)).ToList();
            result.Add(call.Activate(pool(taps) - call.Output.ZeroPoint, options.Activation));
        }

        return [[.. result]];
    }
}
