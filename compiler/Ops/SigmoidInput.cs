// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// How a stored int16 becomes the argument of <c>kernels/common/ti_sigmoid.h</c>, which counts in 1 / 12288:
/// (stored * Multiplier + half) >> Shift, as TFLite's LOGISTIC and TANH of int16 do it.
/// </summary>
internal readonly record struct SigmoidInput(int Multiplier, int Shift)
{
    private const double Units = 3 * 4096;
    private const int FractionBits = 12;
    private const int OutputBits = 15;

    /// <param name="mostDoublings">An input of scale 2^-12 times two to the power of up to this is only multiplied.</param>
    public static SigmoidInput Of(Value input, int mostDoublings)
    {
        var scale = input.Quantization!.Scale;
        if (PowerOfTwo(scale) + FractionBits is { } doublings && doublings >= 0 && doublings <= mostDoublings)
        {
            return new SigmoidInput(3 << doublings, 0);
        }

        // The multiplier is truncated, not rounded: so it is in TFLite.
        var (multiplier, shift) = (scale * Units, 0);
        while (multiplier <= short.MaxValue / 2.0 && shift <= 30)
        {
            (multiplier, shift) = (multiplier * 2, shift + 1);
        }

        return new SigmoidInput((int)multiplier, shift);
    }

    public static void Check(Node node, int mostDoublings)
    {
        Require.Symmetric(node, node.Input, node.Output);
        Require.That(PowerOfTwo(node.Output.Quantization!.Scale) == -OutputBits, node, $"output scale {node.Output.Quantization.Scale}", "1/32768");
        Require.That(node.Input.Quantization!.Scale < 1 << 16, node, $"input scale {node.Input.Quantization.Scale}", "below 65536");
    }

    public KernelCall Call(string kernel, Node node) => new(
        kernel,
        [("count", node.Output.Shape.Count), ("multiplier", Multiplier), ("shift", Shift)],
        [node.Input, SigmoidTable.Operand],
        [node.Output]);

    /// <summary>The exponent of a scale that is a power of two, to a thousandth of it.</summary>
    private static int? PowerOfTwo(float scale)
    {
        var exponent = MathF.Log(scale) * (1 / MathF.Log(2));
        var rounded = MathF.Round(exponent, MidpointRounding.AwayFromZero);
        return Math.Abs(exponent - rounded) < 1e-3f ? (int)rounded : null;
    }
}
