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

    public static long[][] BroadcastTo(ReferenceCall call) => Repeat(call, Elements.Of(call.Input));

    public static long[][] Fill(ReferenceCall call) => Repeat(call, Elements.Of(call.Inputs[1]!));

    public static long[][] Tile(ReferenceCall call) => Repeat(call, Elements.Of(call.Input));

    /// <summary>Positions count modulo the input's size; dimensions are aligned at the last.</summary>
    private static long[][] Repeat(ReferenceCall call, Elements input) =>
        [Elements.Make(call.Output.Shape, at => input[[.. at[^input.Rank..].Select((position, d) => position % input.Shape[d])]])];
}
