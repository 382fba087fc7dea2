// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>Reshaping, and tensors put together and taken apart, each by where one element of the output comes from.</summary>
internal static class JoinReferences
{
    /// <summary>RESHAPE, SQUEEZE, EXPAND_DIMS: the same elements in the same order.</summary>
    public static long[][] Reshape(ReferenceCall call)
    {
        var input = Elements.Of(call.Input);
        return [Elements.Make(input.Shape, index => input[index])];
    }

    public static long[][] Shape(ReferenceCall call) => [[.. call.Input.Shape]];

    /// <summary>Dimensions count from the last on; a missing one is 1, and of two that differ one is 1.</summary>
    public static long[][] BroadcastArgs(ReferenceCall call)
    {
        var (a, b) = (call.Input.Values, call.Inputs[1]!.Values);
        long At(long[] shape, int fromEnd) => fromEnd <= shape.Length ? shape[^fromEnd] : 1;
        var rank = Math.Max(a.Length, b.Length);
        return [[.. Enumerable.Range(0, rank).Select(axis => At(a, rank - axis) == 1 ? At(b, rank - axis) : At(a, rank - axis))]];
    }

    public static long[][] Concatenation(ReferenceCall call)
    {
        var inputs = call.Inputs.Select(input => Elements.Of(input!)).ToArray();
        var axis = Elements.Axis(((ConcatenationOptions)call.Options).Axis, call.Output.Shape.Length);

        return [Elements.Make(call.Output.Shape, index =>
        {
            var (part, position) = (0, index[axis]);
            while (position >= inputs[part].Shape[axis])
            {
                position -= inputs[part++].Shape[axis];
            }

            return Rescaled(inputs[part][With(index, axis, position)], call.Inputs[part]!.Tensor, call.Output);
        })];
    }

    // Of uint8, whose scales may differ: in float, from the scaled difference to 0 rather than to the zero point.
    private static long Rescaled(long stored, CaseTensor from, CaseTensor to)
    {
        if (to.Type != TensorType.UINT8 || (from.Scale == to.Scale && from.ZeroPoint == to.ZeroPoint))
        {
            return stored;
        }

        var scale = from.Scale * (1 / to.Scale);
        var rounded = MathF.Round((stored * scale) + (-from.ZeroPoint * scale), MidpointRounding.AwayFromZero);
        return Math.Clamp((long)rounded + to.ZeroPoint, 0, 255);
    }

    public static long[][] Pack(ReferenceCall call)
    {
        var inputs = call.Inputs.Select(input => Elements.Of(input!)).ToArray();
        var axis = Elements.Axis(((PackOptions)call.Options).Axis, call.Output.Shape.Length);
        return [Elements.Make(call.Output.Shape, index => inputs[index[axis]][[.. index[..axis], .. index[(axis + 1)..]]])];
    }

    public static long[][] Unpack(ReferenceCall call)
    {
        var input = Elements.Of(call.Input);
        var axis = Elements.Axis(((UnpackOptions)call.Options).Axis, input.Rank);
        return [.. call.Outputs.Select((output, number) => Elements.Make(output.Shape, index => input[[.. index[..axis], number, .. index[axis..]]]))];
    }

    public static long[][] Split(ReferenceCall call) => Cut(call, input: 1, axis: 0);

    public static long[][] SplitV(ReferenceCall call) => Cut(call, input: 0, axis: 2);

    private static long[][] Cut(ReferenceCall call, int input, int axis)
    {
        var elements = Elements.Of(call.Inputs[input]!);
        var along = Elements.Axis(call.Inputs[axis]!.Values[0], elements.Rank);
        var first = 0;
        var cuts = new List<long[]>();

        foreach (var output in call.Outputs)
        {
            cuts.Add(Elements.Make(output.Shape, index => elements[With(index, along, first + index[along])]));
            first += output.Shape[along];
        }

        return [.. cuts];
    }

    private static int[] With(int[] index, int axis, int position)
    {
        var changed = (int[])index.Clone();
        changed[axis] = position;
        return changed;
    }
}
