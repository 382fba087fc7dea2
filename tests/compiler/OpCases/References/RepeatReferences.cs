// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>Elements picked by index or repeated, each by where one element of the output comes from.</summary>
internal static class RepeatReferences
{
    /// <summary>output[b, o, i, n] = input[b, o, indices[b, i], n]; an index outside is the nearest inside, which is this engine's own rule.</summary>
    public static long[][] Gather(ReferenceCall call)
    {
        var (input, indices, options) = (Elements.Of(call.Input), call.Inputs[1]!, (GatherOptions)call.Options);
        var axis = Elements.Axis(options.Axis, input.Rank);
        var batch = Elements.Axis(options.BatchDims, indices.Shape.Length);
        var listed = indices.Shape.Length - batch;

        return [Elements.Make(call.Output.Shape, at =>
        {
            var index = indices.At([.. at[..batch], .. at[axis..(axis + listed)]]);
            return input[[.. at[..axis], (int)Math.Clamp(index, 0, input.Shape[axis] - 1), .. at[(axis + listed)..]]];
        })];
    }

    /// <summary>Indices of the leading dimensions; one outside is the nearest inside, which is this engine's own rule.</summary>
    public static long[][] GatherNd(ReferenceCall call)
    {
        var (input, indices) = (Elements.Of(call.Input), call.Inputs[1]!);
        var slices = indices.Shape.Length - 1;
        return [Elements.Make(call.Output.Shape, at =>
        {
            var first = Enumerable.Range(0, indices.Shape[^1]).Select(i => (int)Math.Clamp(indices.At([.. at[..slices], i]), 0, input.Shape[i] - 1));
            return input[[.. first, .. at[slices..]]];
        })];
    }

    /// <summary>Rows of the second operand; int8 ones become real.</summary>
    public static long[][] EmbeddingLookup(ReferenceCall call)
    {
        var (table, rows) = (Elements.Of(call.Inputs[1]!), call.Input.Values);
        var found = Elements.Make(call.Output.Shape, at => table[[(int)Math.Clamp(rows[at[0]], 0, table.Shape[0] - 1), .. at[1..]]]);
        return call.Output.Type == call.Inputs[1]!.Tensor.Type
            ? [found]
            : [[.. found.Select(item => (long)BitConverter.SingleToInt32Bits((sbyte)item * call.Inputs[1]!.Tensor.Scale))]];
    }

    /// <summary>The second operand where it fits, from a place cut to the room there is.</summary>
    public static long[][] UpdateSlice(ReferenceCall call)
    {
        var (input, update) = (Elements.Of(call.Input), Elements.Of(call.Inputs[1]!));
        long[] start = [.. call.Inputs[2]!.Values.Select((wanted, d) => Math.Clamp(wanted, 0, input.Shape[d] - update.Shape[d]))];
        return [Elements.Make(call.Output.Shape, at =>
        {
            int[] inside = [.. at.Select((index, d) => index - (int)start[d])];
            return inside.Zip(update.Shape, (index, size) => index >= 0 && index < size).All(fits => fits) ? update[inside] : input[at];
        })];
    }

    public static long[][] Zeros(ReferenceCall call) => [new long[call.Output.Count]];

    public static long[][] BroadcastTo(ReferenceCall call) => Repeat(call, Elements.Of(call.Input));

    public static long[][] Fill(ReferenceCall call) => Repeat(call, Elements.Of(call.Inputs[1]!));

    public static long[][] Tile(ReferenceCall call) => Repeat(call, Elements.Of(call.Input));

    /// <summary>Positions count modulo the input's size; dimensions are aligned at the last.</summary>
    private static long[][] Repeat(ReferenceCall call, Elements input) =>
        [Elements.Make(call.Output.Shape, at => input[[.. at[^input.Rank..].Select((position, d) => position % input.Shape[d])]])];
}
