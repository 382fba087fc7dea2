// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>Arithmetic of int32 constants that are not quantized: the sums and products a converter leaves between shapes.</summary>
internal static class IntegerFold
{
    /// <summary>
    /// For an op's <see cref="Op.Fold"/>: the output when both inputs are such constants, else null.
    /// <paramref name="compute"/> wraps, as int32 does on the device.
    /// </summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>>? Binary(Node node, Func<int, int, int> compute)
    {
        if (node.Inputs is not [{ IsConstant: true, Type: ElementType.S32 } a, { IsConstant: true, Type: ElementType.S32 } b] || node.Output.Type != ElementType.S32
            || Broadcast.ShapeOf(a.Shape, b.Shape)?.Count != node.Output.Shape.Count)
        {
            return null;
        }

        var (left, right) = (a.Integers(), b.Integers());
        int[] result = [.. Broadcast.Of(a.Shape, b.Shape).Pairs().Select(at => compute(left[at.A], right[at.B]))];
        return [MemoryMarshal.AsBytes<int>(result).ToArray()];
    }
}
