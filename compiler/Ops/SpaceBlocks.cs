// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>Blocks of neighbouring positions of an image, held as channels (SPACE_TO_DEPTH) or as batches (SPACE_TO_BATCH_ND).</summary>
internal static class SpaceBlocks
{
    public static void CheckDepth(Node node, int block, Shape deep, Shape wide) => Require.That(
        block is > 0 and < 1 << 15 && deep.Rank == 4 && wide.Rank == 4 && deep[0] == wide[0]
            && wide[1] == (long)deep[1] * block && wide[2] == (long)deep[2] * block && deep[3] == (long)wide[3] * block * block,
        node,
        $"blocks of {block} do not make {node.Output.Shape} of {node.Input.Shape}",
        "four dimensions: batch, height, width, channels");

    /// <summary>The loop [batch, y, v, x, u, c] and its strides in the tensor with many channels and in the wide one.</summary>
    public static (int[] Shape, int[] Deep, int[] Wide) Depth(int block, Shape deep, Shape wide)
    {
        var (d, w, channels) = (deep.Strides(), wide.Strides(), wide[3]);
        return (
            [deep[0], deep[1], block, deep[2], block, channels],
            [d[0], d[1], block * channels, d[2], channels, 1],
            [w[0], block * w[1], w[1], block * w[2], w[2], 1]);
    }

    /// <summary>SPACE_TO_BATCH_ND and BATCH_TO_SPACE_ND on rank 3 or 4, always as two spatial dimensions like TFLite.</summary>
    /// <param name="border">Operand 2: paddings or crops, [before, after] for each spatial dimension.</param>
    public static BatchBlocks Batch(ImportContext context, string border)
    {
        var rank = context.Input(0).Shape.Rank;
        int[] block = context.Integers(1, "block shape");
        int[] borders = context.Integers(2, border);

        return (rank, block, borders) switch
        {
            (3, [> 0], [>= 0, >= 0]) => new BatchBlocks(block[0], 1, borders[0], borders[1], 0, 0),
            (4, [> 0, > 0], [>= 0, >= 0, >= 0, >= 0]) => new BatchBlocks(block[0], block[1], borders[0], borders[1], borders[2], borders[3]),
            _ => throw context.Origin.Refuse(
                $"input {context.Input(0).Shape}, block shape {new Shape(block)}, {border} {new Shape(borders)}",
                "three or four dimensions, the first the batch and the last the channels, a block above 0 for each between"),
        };
    }
}

/// <summary>Block height and width, and what is added to or cut from the image around it.</summary>
internal sealed record BatchBlocks(int Height, int Width, int Top, int Bottom, int Left, int Right)
{
    private const int Largest = 16;

    public bool HasBorder => (Top | Bottom | Left | Right) != 0;

    public override string ToString() => $"{Height}x{Width}" + (HasBorder ? $",{Top}:{Bottom}:{Left}:{Right}" : "");

    public void Check(Node node, Shape space, Shape batches)
    {
        var (s, b) = (Image(space), Image(batches));
        Require.That(
            space.Rank == batches.Rank && Height <= Largest && Width <= Largest && b[0] == (long)s[0] * Height * Width && b[3] == s[3]
                && (long)b[1] * Height == (long)s[1] + Top + Bottom && (long)b[2] * Width == (long)s[2] + Left + Right,
            node,
            $"blocks {this} do not make {node.Output.Shape} of {node.Input.Shape}",
            $"batch * blocks, height / block, width / block, channels, blocks of at most {Largest}");
    }

    /// <summary>
    /// For the position [v, u] in a block, the positions of the batched image that lie over the wide one: position y there is
    /// y * Height + v - Top here.
    /// </summary>
    public IEnumerable<(int[] Shape, int BatchedOffset, int[] Batched, int WideOffset, int[] Wide)> Blocks(Shape space, Shape batches)
    {
        var (wide, batched) = (Image(space), Image(batches));
        var (w, b) = (wide.Strides(), batched.Strides());

        for (var v = 0; v < Height; v++)
        {
            for (var u = 0; u < Width; u++)
            {
                var (y, rows) = Overlap(batched[1], Height, v - Top, wide[1]);
                var (x, columns) = Overlap(batched[2], Width, u - Left, wide[2]);
                if (rows > 0 && columns > 0)
                {
                    var first = ((v * Width) + u) * wide[0];
                    yield return (
                        [wide[0], rows, columns, wide[3]],
                        (first * b[0]) + (y * b[1]) + (x * b[2]),
                        b,
                        (((y * Height) + v - Top) * w[1]) + (((x * Width) + u - Left) * w[2]),
                        [w[0], Height * w[1], Width * w[2], 1]);
                }
            }
        }
    }

    /// <summary>First and number of positions i below count with 0 &lt;= i * step + shift &lt; size.</summary>
    private static (int First, int Count) Overlap(int count, int step, int shift, int size)
    {
        var first = shift < 0 ? (step - 1 - shift) / step : 0;
        var end = shift < size ? Math.Min(count, (size - shift + step - 1) / step) : 0;
        return (first, Math.Max(0, end - first));
    }

    private static Shape Image(Shape shape) => shape.Rank == 3 ? new Shape(shape[0], shape[1], 1, shape[2]) : shape;
}
