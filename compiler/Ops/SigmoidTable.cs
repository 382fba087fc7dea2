// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// The table of <c>kernels/common/ti_sigmoid.h</c>: sigmoid(i / 24) * 65536, each entry raised by half of what the chord to its
/// neighbour is too low, h^2 / 8 * |sigmoid''|, so that interpolation errs to both sides alike. That is how TFLite's constants
/// come about, all 256; the last one stands for 1.
/// </summary>
internal static class SigmoidTable
{
    private const int Size = 256;
    private const double Step = 1.0 / 24;

    public static ConstantOperand Operand { get; } = new("sigmoid", ElementType.S16, MemoryMarshal.AsBytes(Entries().AsSpan()).ToArray());

    public static ushort[] Entries() =>
        [.. Enumerable.Range(0, Size - 1).Select(i => (ushort)Math.Round(65536 * Raised(i * Step))), ushort.MaxValue];

    private static double Raised(double x)
    {
        var sigmoid = 1 / (1 + Math.Exp(-x));
        var second = sigmoid * (1 - sigmoid) * (1 - (2 * sigmoid));
        return sigmoid + (Step * Step / 16 * Math.Abs(second));
    }
}
