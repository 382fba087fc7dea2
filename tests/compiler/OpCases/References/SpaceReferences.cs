// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>Blocks of an image as channels and as batches, and resizing to the nearest position.</summary>
internal static class SpaceReferences
{
    public static long[][] SpaceToDepth(ReferenceCall call)
    {
        var (input, block) = (Elements.Of(call.Input), ((SpaceToDepthOptions)call.Options).BlockSize);
        var channels = input.Shape[3];
        return [Elements.Make(call.Output.Shape, at =>
        {
            var inBlock = at[3] / channels;
            return input[at[0], (at[1] * block) + (inBlock / block), (at[2] * block) + (inBlock % block), at[3] % channels];
        })];
    }

    public static long[][] DepthToSpace(ReferenceCall call)
    {
        var (input, block) = (Elements.Of(call.Input), ((DepthToSpaceOptions)call.Options).BlockSize);
        var channels = call.Output.Shape[3];
        return [Elements.Make(call.Output.Shape, at =>
            input[at[0], at[1] / block, at[2] / block, ((((at[1] % block) * block) + (at[2] % block)) * channels) + at[3]])];
    }

    public static long[][] SpaceToBatch(ReferenceCall call)
    {
        var (input, blocks, paddings) = (Elements.Of(call.Input), call.Inputs[1]!.Values, call.Inputs[2]!.Values);
        return [Elements.Make(call.Output.Shape, at =>
        {
            var (from, batch, inBlock) = ((int[])at.Clone(), at[0] % input.Shape[0], at[0] / input.Shape[0]);
            from[0] = batch;
            for (var d = blocks.Length - 1; d >= 0; d--)
            {
                from[d + 1] = (at[d + 1] * (int)blocks[d]) + (inBlock % (int)blocks[d]) - (int)paddings[2 * d];
                inBlock /= (int)blocks[d];
            }

            return from.Select((position, d) => position >= 0 && position < input.Shape[d]).All(inside => inside) ? input[from] : PadReferences.Zero(call.Output);
        })];
    }

    public static long[][] BatchToSpace(ReferenceCall call)
    {
        var (input, blocks, crops) = (Elements.Of(call.Input), call.Inputs[1]!.Values, call.Inputs[2]!.Values);
        return [Elements.Make(call.Output.Shape, at =>
        {
            var (from, inBlock) = ((int[])at.Clone(), 0);
            for (var d = 0; d < blocks.Length; d++)
            {
                var position = at[d + 1] + (int)crops[2 * d];
                from[d + 1] = position / (int)blocks[d];
                inBlock = (inBlock * (int)blocks[d]) + (position % (int)blocks[d]);
            }

            from[0] = (inBlock * call.Output.Shape[0]) + at[0];
            return input[from];
        })];
    }

    /// <summary>
    /// In 32-bit floats, as TensorFlow Lite computes it: the position times in / out, or (in - 1) / (out - 1) with corners on corners,
    /// half a pixel further in with half_pixel_centers; rounded down, or to the nearest with corners on corners.
    /// </summary>
    public static long[][] ResizeNearest(ReferenceCall call)
    {
        var (input, options) = (Elements.Of(call.Input), (ResizeNearestNeighborOptions)call.Options);

        int Source(int at, int inSize, int outSize)
        {
            var ratio = options.AlignCorners && outSize > 1 ? (float)(inSize - 1) / (outSize - 1) : (float)inSize / outSize;
            var exact = (options.HalfPixelCenters ? at + 0.5f : at) * ratio;
            var nearest = options.AlignCorners ? Math.Round((double)exact, MidpointRounding.AwayFromZero) : Math.Floor((double)exact);
            return (int)Math.Min(nearest, inSize - 1);
        }

        return [Elements.Make(call.Output.Shape, at => input[
            at[0], Source(at[1], input.Shape[1], call.Output.Shape[1]), Source(at[2], input.Shape[2], call.Output.Shape[2]), at[3]])];
    }
}
