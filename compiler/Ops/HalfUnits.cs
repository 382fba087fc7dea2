// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>How ADD_N and CUMSUM rescale: sums of the input in units of half its scale / 2^19, with 20 bits below the point of twice the scale.</summary>
internal static class HalfUnits
{
    public static Requantization Scale(Node node) =>
        Requantization.Of(2.0 * node.Input.Quantization!.Scale / ((1 << 20) * (double)node.Output.Quantization!.Scale));

    public static IReadOnlyList<Field> Fields(Node node) =>
    [
        ("input_zero_point", node.Input.Quantization!.ZeroPoint),
        ("multiplier", Scale(node).Multiplier),
        ("shift", Scale(node).Shift),
        ("zero_point", node.Output.Quantization!.ZeroPoint),
    ];
}
