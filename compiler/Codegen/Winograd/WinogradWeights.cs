// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Winograd;

/// <summary>
/// Weights of F(4x4, 3x3), transformed on the PC: U = G w G', with integers in G. The rows of the usual G have denominators of 24 and
/// are 24 times as large here, but for the last, which is 6 times as large; the output transform has the other 4.
/// <code>
///        6  0  0
///       -4 -4 -4
///   G = -4  4 -4
///        1  2  4
///        1 -2  4
///        0  0  6
/// </code>
/// |U| is at most 12 * 12 * 128 = 18432: it fits 16 bits for any weights.
/// </summary>
internal static class WinogradWeights
{
    /// <summary>A schedule that loads ahead reads a little beyond the end.</summary>
    public const int BytesAhead = 16;

    private static readonly int[][] G = [[6, 0, 0], [-4, -4, -4], [-4, 4, -4], [1, 2, 4], [1, -2, 4], [0, 0, 6]];

    /// <summary>
    /// In the order in which the products read them: block of four outputs, position, pair of inputs, output of the block. A pair is
    /// inputs 4g and 4g + 2, or 4g + 1 and 4g + 3: the lanes of an extended word.
    /// </summary>
    /// <param name="weights">[outputs, 3, 3, inputs].</param>
    public static ConstantOperand Of(ReadOnlySpan<sbyte> weights, int outputs, int inputs)
    {
        const int Block = WinogradShape.BlockChannels;
        var blocks = (outputs + Block - 1) / Block;
        var transformed = new short[(blocks * Block * WinogradShape.Positions * inputs) + (BytesAhead / sizeof(short))];
        for (var o = 0; o < blocks * Block; o++)
        {
            var (block, inBlock) = (o / Block, o % Block);
            var output = Math.Min(block * Block, outputs - Block) + inBlock;
            for (var i = 0; i < inputs; i++)
            {
                var pair = (2 * (i / 4)) + (i % 2);
                for (var position = 0; position < WinogradShape.Positions; position++)
                {
                    var at = (((((block * WinogradShape.Positions) + position) * (inputs / 2)) + pair) * Block) + inBlock;
                    transformed[(2 * at) + (i % 4 / 2)] = (short)Transformed(weights, output, i, inputs, position);
                }
            }
        }

        return new ConstantOperand("transformed weights", Ir.ElementType.S16, MemoryMarshal.AsBytes(transformed.AsSpan()).ToArray());
    }

    private static int Transformed(ReadOnlySpan<sbyte> weights, int output, int input, int inputs, int position)
    {
        var (rows, columns) = (G[position / WinogradShape.Points], G[position % WinogradShape.Points]);
        var sum = 0;
        for (var tap = 0; tap < 9; tap++)
        {
            sum += rows[tap / 3] * columns[tap % 3] * weights[(((output * 9) + tap) * inputs) + input];
        }

        return sum;
    }
}
