// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>Functions of two float32; the numbers are those of <c>enum ti_binary_operation</c>.</summary>
internal enum RealOperation
{
    Div = 0,
    Max = 1,
    Min = 2,
    Prelu = 3,
    SquaredDifference = 4,
    FloorDiv = 5,
    FloorMod = 6,
}

internal static class RealOperations
{
    /// <param name="activation">Null leaves infinities, which a fused activation of none does not.</param>
    public static KernelCall Call(this RealOperation operation, Node node, Broadcast walk, Activation? activation = null)
    {
        var (min, max) = activation?.RealBounds() ?? (float.NegativeInfinity, float.PositiveInfinity);
        return new KernelCall(
            "binary_f32", [.. walk.Fields, ("operation", (int)operation), ("min", min), ("max", max)], [node.Inputs[0], node.Inputs[1]], [node.Output]);
    }
}
