// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Winograd;

/// <summary>Weights transformed on the PC, U = G w G', as pairs of int16.</summary>
internal static class WinogradWeights
{
    /// <summary>A schedule that loads ahead reads a little beyond the end.</summary>
    public const int BytesAhead = 16;

    /// <summary>
    /// In the order in which the products read them: block of outputs, position, pair of inputs, output of the block. A pair is
    /// inputs 4g and 4g + 2, or 4g + 1 and 4g + 3: the lanes of an extended word.
    /// </summary>
    /// <param name="weights">[outputs, 3, 3, inputs].</param>
    public static ConstantOperand Of(ReadOnlySpan<sbyte> weights, WinogradShape shape)
    {
        var (block, positions, inputs) = (shape.BlockChannels, shape.Tile.Positions, shape.Depth);
        var transformed = new short[(shape.Blocks * block * positions * inputs) + (BytesAhead / sizeof(short))];
        for (var o = 0; o < shape.Blocks * block; o++)
        {
            var output = Math.Min(o / block * block, shape.OutDepth - block) + (o % block);
            for (var i = 0; i < inputs; i++)
            {
                var pair = (2 * (i / 4)) + (i % 2);
                for (var position = 0; position < positions; position++)
                {
                    var at = ((((o / block * positions) + position) * (inputs / 2)) + pair) * block + (o % block);
                    transformed[(2 * at) + (i % 4 / 2)] = (short)Transformed(shape.Tile, weights, (output * 9 * inputs) + i, inputs, position);
                }
            }
        }

        return new ConstantOperand("transformed weights", Ir.ElementType.S16, MemoryMarshal.AsBytes(transformed.AsSpan()).ToArray());
    }

    private static int Transformed(WinogradTile tile, ReadOnlySpan<sbyte> weights, int first, int step, int position)
    {
        var (rows, columns) = (tile.Weights[position / tile.Points], tile.Weights[position % tile.Points]);
        var sum = 0;
        for (var tap = 0; tap < 9; tap++)
        {
            sum += rows[tap / 3] * columns[tap % 3] * weights[first + (tap * step)];
        }

        return sum;
    }
}
