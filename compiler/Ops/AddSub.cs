// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// Addition and subtraction of quantized values; <c>kernels/add/ti_add.h</c> has the formula. Both operands are brought to half
/// the larger scale with <see cref="LeftShift"/> bits below the point, added, and brought to the output's scale.
/// </summary>
internal sealed record AddSub(
    ElementType Type, int Sign, Requantization A, Requantization B, Requantization Sum, int AZeroPoint, int BZeroPoint, int ZeroPoint, int Min, int Max)
{
    private int LeftShift => LeftShiftOf(Type);

    public static int LeftShiftOf(ElementType type) => type == ElementType.S16 ? 15 : 20;

    /// <summary>The stored output for stored inputs, as TFLite Micro computes it.</summary>
    public int Compute(int a, int b)
    {
        var sum = A.Apply((a - AZeroPoint) << LeftShift) + (Sign * B.Apply((b - BZeroPoint) << LeftShift));
        return Math.Clamp(Sum.Apply(sum) + ZeroPoint, Min, Max);
    }

    /// <summary>One multiply-add an operand where that is proved to be the same, else the formula itself.</summary>
    public KernelCall Kernel(Node node, Broadcast walk) =>
        Type == ElementType.S8 && LinearFit.Find(Compute, Slope(A), Sign * Slope(B), Min, Max) is { } fit ? Fitted(node, walk, fit) : Rescaled(node, walk);

    private static double Real(Requantization scale) => Math.ScaleB(scale.Multiplier, scale.Shift - 31);

    private double Slope(Requantization input) => Math.ScaleB(Real(input) * Real(Sum), LeftShift);

    private KernelCall Fitted(Node node, Broadcast walk, LinearFit fit) => new(
        "add_s8",
        [
            .. walk.Fields,
            ("a_multiplier", fit.AMultiplier),
            ("b_multiplier", fit.BMultiplier),
            ("offset", fit.Offset),
            ("shift", fit.Shift),
            ("min", Min),
            ("max", Max),
        ],
        [node.Inputs[0], node.Inputs[1]],
        [node.Output]);

    private KernelCall Rescaled(Node node, Broadcast walk) => new(
        Type == ElementType.S8 ? "add_rescaled_s8" : "add_rescaled_s16",
        [
            .. walk.Fields,
            ("sign", Sign),
            ("a_zero_point", AZeroPoint),
            ("a_multiplier", A.Multiplier),
            ("a_shift", A.Shift),
            ("b_zero_point", BZeroPoint),
            ("b_multiplier", B.Multiplier),
            ("b_shift", B.Shift),
            ("zero_point", ZeroPoint),
            ("multiplier", Sum.Multiplier),
            ("shift", Sum.Shift),
            ("min", Min),
            ("max", Max),
        ],
        [node.Inputs[0], node.Inputs[1]],
        [node.Output]);

    /// <summary>a + sign * b of floats.</summary>
    public static KernelCall Float(Node node, Broadcast walk, int sign, Activation activation)
    {
        var (min, max) = activation.RealBounds();
        return new KernelCall(
            "add_f32",
            [.. walk.Fields, ("sign", (float)sign), ("min", min), ("max", max)],
            [node.Inputs[0], node.Inputs[1]],
            [node.Output]);
    }
}
