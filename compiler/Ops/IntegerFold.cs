// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>Arithmetic of int32 constants that are not quantized: the sums and products a converter leaves between shapes.</summary>
internal static class IntegerFold
{
    /// <summary>
    /// For an op's <see cref="Op.Fold"/>: the output when both inputs are such constants, else null. Broadcasts like TFLite;
    /// <paramref name="compute"/> wraps like int32 on the device.
    /// </summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>>? Binary(Node node, Func<int, int, int> compute)
    {
        if (node.Inputs is not [{ IsConstant: true, Type: ElementType.S32 } a, { IsConstant: true, Type: ElementType.S32 } b] || node.Output.Type != ElementType.S32)
        {
            return null;
        }

        var (left, right, shape) = (a.Integers(), b.Integers(), node.Output.Shape);
        var result = new int[shape.Count];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = compute(left[Source(i, shape, a.Shape)], right[Source(i, shape, b.Shape)]);
        }

        return [MemoryMarshal.AsBytes<int>(result).ToArray()];
    }

    /// <summary>The element of a broadcast operand that belongs to element <paramref name="index"/> of the output.</summary>
    private static int Source(int index, Shape output, Shape operand)
    {
        var (extended, at) = (operand.Extended(output.Rank), 0);
        var (steps, strides) = (output.Strides(), extended.Strides());
        for (var d = 0; d < output.Rank; d++)
        {
            at += extended[d] == 1 ? 0 : index / steps[d] % output[d] * strides[d];
        }

        return at;
    }
}
