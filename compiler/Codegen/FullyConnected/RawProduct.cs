// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.FullyConnected;

/// <summary>
/// Weights as they stand in the model, row by row. Four inputs are expanded to
/// <code>X0 = (256 * x0, 256 * x2)    X1 = (256 * x1, 256 * x3)    as pairs of int16</code>
/// so that a word of weights takes two extensions and two SMLAD, and sums are scaled by 256; where they would not fit 32 bits, without the
/// factor. Any weights, any inputs.
/// </summary>
internal sealed class RawProduct(ThumbWriter w, DenseShape shape) : IDenseProduct
{
    private const int Mask = unchecked((int)0xFF00FF00);
    private static readonly Fp LoopEnd = S(5);

    public int BlockBytes => shape.BlockRows * shape.InSize;

    public int LastBlockBack => shape.BlockOverlap * shape.InSize;

    public void StartExpansion() => w.Constant(R(2), Mask);

    public void Expand(int overlap)
    {
        if (overlap > 0)
        {
            w.BicLowBytes(R(4), overlap);
        }

        if (shape.Stepwise is not null)
        {
            w.Sxtb16(R(6), R(4));
            w.Sxtb16(R(7), R(4), 8);
            return;
        }

        w.And(R(6), R(2), R(4), 8);
        w.And(R(7), R(2), R(4), 0);
    }

    public void Sums() => DenseLoop.Emit(w, shape, looped: shape.Groups - (shape.Overlap > 0 ? 1 : 0), LoopEnd, spare: R(8), isFree: false, weightBytes: 4, (first, count, done, _) =>
    {
        for (var group = first; group < first + count; group++)
        {
            Words((group - done) * DenseShape.ExpandedBytes, shape.GroupOffset(group) - (4 * done));
        }
    });

    // One group of inputs times all rows, three words of weights at a time: loads in a row cost one cycle each after the first.
    private void Words(int expanded, int weights)
    {
        var (x0, x1, spare) = (R(8), R(9), R(6));
        Reg[] words = [R(10), R(11), R(7)];

        w.Ldr(x0, R(12), expanded);
        w.Ldr(x1, R(12), expanded + 4);
        foreach (var rows in Enumerable.Range(0, shape.BlockRows).Chunk(words.Length))
        {
            foreach (var (word, row) in words.Zip(rows))
            {
                w.Ldr(word, R(14), (row * shape.InSize) + weights);
            }

            foreach (var (word, row) in words.Zip(rows))
            {
                w.Sxtb16(spare, word);
                w.Sxtb16(word, word, 8);
                w.Smlad(R(row), spare, x0);
                w.Smlad(R(row), word, x1);
            }
        }
    }
}
