// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>Borders: of one value, and mirrored.</summary>
internal static class PadReferences
{
    public static long[][] Pad(ReferenceCall call)
    {
        var (input, paddings) = (Elements.Of(call.Input), call.Inputs[1]!.Values);
        var value = call.Optional(2) is { } operand ? Elements.Of(operand)[new int[operand.Shape.Length]] : Zero(call.Output);

        return [Elements.Make(call.Output.Shape, index =>
        {
            int[] from = [.. index.Select((position, d) => position - (int)paddings[2 * d])];
            return from.Select((position, d) => position >= 0 && position < input.Shape[d]).All(inside => inside) ? input[from] : value;
        })];
    }

    /// <summary>What stands for zero: the zero point of int8 and uint8. TensorFlow Lite Micro stores 0 for every other type.</summary>
    public static long Zero(CaseTensor tensor) => tensor.Type is TensorType.INT8 or TensorType.UINT8 ? tensor.ZeroPoint : 0;

    /// <summary>REFLECT runs back from the last element (1 2 3 | 2 1), SYMMETRIC repeats it (1 2 3 | 3 2 1).</summary>
    public static long[][] MirrorPad(ReferenceCall call)
    {
        var (input, paddings) = (Elements.Of(call.Input), call.Inputs[1]!.Values);
        var symmetric = ((MirrorPadOptions)call.Options).Mode == MirrorPadMode.SYMMETRIC;

        // There and back again: 0 1 2 2 1 0 or 0 1 2 1, from which the mirrored row is cut.
        int[] Cycle(int size) => symmetric
            ? [.. Enumerable.Range(0, size), .. Enumerable.Range(0, size).Reverse()]
            : [.. Enumerable.Range(0, size), .. Enumerable.Range(1, Math.Max(0, size - 2)).Reverse()];

        return [Elements.Make(call.Output.Shape, index => input[[.. index.Select((position, d) =>
        {
            var cycle = Cycle(input.Shape[d]);
            var shifted = position - (int)paddings[2 * d];
            return cycle[((shifted % cycle.Length) + cycle.Length) % cycle.Length];
        })]])];
    }
}
