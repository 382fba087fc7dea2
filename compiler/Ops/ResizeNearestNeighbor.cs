// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>Height and width changed to the output's; each position takes the nearest of the input.</summary>
internal sealed record ResizeNearestNeighbor(bool AlignCorners, bool HalfPixelCenters) : MoveOp
{
    public override string Name => "resize_nearest_neighbor";

    public static void Import(ImportContext context)
    {
        var options = context.Options<ResizeNearestNeighborOptions>();
        context.Add(new ResizeNearestNeighbor(options.AlignCorners, options.HalfPixelCenters), [context.Input(0)], [context.Output(0)]);
    }

    protected override string Attributes => (AlignCorners, HalfPixelCenters) switch
    {
        (true, false) => "align_corners",
        (false, true) => "half_pixel_centers",
        (true, true) => "align_corners,half_pixel_centers",
        _ => "",
    };

    protected override void CheckShapes(Node node)
    {
        TableCopy.CheckSizes(node);
        var (input, output) = (node.Input.Shape, node.Output.Shape);
        Require.That(
            input.Rank == 4 && output.Rank == 4 && input[0] == output[0] && input[3] == output[3],
            node,
            $"input {input} and output {output}",
            "four dimensions: batch, height, width, channels, of which only height and width differ");
    }

    protected override IReadOnlyList<Piece> Pieces(Node node)
    {
        var (input, output) = (node.Input.Shape, node.Output.Shape);
        var strides = input.Strides();
        int[] Table(int d) => [.. Enumerable.Range(0, output[d]).Select(at => strides[d] * (d is 1 or 2 ? Nearest(at, input[d], output[d]) : at))];

        return [new Piece(node.Input, node.Output, TableCopy.Of([Table(0), Table(1), Table(2), Table(3)]))];
    }

    /// <summary>TFLite's GetNearestNeighbor, in float32 like there.</summary>
    private int Nearest(int at, int inputSize, int outputSize)
    {
        var scale = AlignCorners && outputSize > 1 ? (inputSize - 1) / (float)(outputSize - 1) : inputSize / (float)outputSize;
        var position = (at + (HalfPixelCenters ? 0.5f : 0f)) * scale;
        var nearest = AlignCorners ? MathF.Round(position, MidpointRounding.AwayFromZero) : MathF.Floor(position);
        return Math.Clamp((int)nearest, 0, inputSize - 1);
    }
}
