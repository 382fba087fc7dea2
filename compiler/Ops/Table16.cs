// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// TFLite's table of a function of one int16, read by <c>kernels/common/ti_lut_s16.h</c>: 513 entries, each moved by half of what
/// interpolation errs in the middle to the next one.
/// </summary>
internal static class Table16
{
    private const int Steps = 512;

    /// <param name="function">On real numbers, in float, as all of the arithmetic.</param>
    public static ConstantOperand Of(string name, Quantization input, Quantization output, Func<float, float> function)
    {
        var (lowest, highest) = (Real(input, short.MinValue), Real(input, short.MaxValue));
        var step = (highest - lowest) / Steps;
        var half = step / 2;
        var inverse = 65536f / (Real(output, short.MaxValue) - Real(output, short.MinValue));
        var entries = new short[Steps + 1];

        for (var i = 0; i < Steps; i++)
        {
            var stored = Rounded(function(lowest + (i * step)) * inverse);
            var next = function(lowest + ((i + 1) * step)) * inverse;
            var interpolated = Rounded((next + stored) / 2);
            var middle = Rounded(function(lowest + (i * step) + half) * inverse);
            entries[i] = Saturated(stored - Rounded((interpolated - middle) / 2));
        }

        entries[Steps] = Saturated(Rounded(function(highest) * inverse));
        return new ConstantOperand(name, ElementType.S16, MemoryMarshal.AsBytes(entries.AsSpan()).ToArray());
    }

    private static float Real(Quantization quantization, int stored) => quantization.Scale * (stored - quantization.ZeroPoint);

    private static float Rounded(float value) => MathF.Round(value, MidpointRounding.AwayFromZero);

    private static short Saturated(float value) => (short)Math.Clamp(value, short.MinValue, short.MaxValue);
}
