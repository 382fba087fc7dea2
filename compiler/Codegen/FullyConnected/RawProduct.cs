// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.FullyConnected;

/// <summary>
/// Weights as they stand in the model, row by row. Four inputs are expanded to
/// <code>X0 = (256 * x0, 256 * x2)    X1 = (256 * x1, 256 * x3)    as pairs of int16</code>
/// so that a word of weights takes two extensions and two SMLAD, and sums are scaled by 256; where they would not fit 32 bits, without the
/// factor. Any weights, any inputs. Rows that are too long for one pointer have several, in registers that no sum needs.
/// </summary>
internal sealed class RawProduct(ThumbWriter w, DenseShape shape, Core core) : IDenseProduct
{
    private const int Mask = unchecked((int)0xFF00FF00);
    private static readonly Fp LoopEnd = S(5);
    private static readonly Reg X0 = R(8);
    private static readonly Reg X1 = R(9);
    private static readonly Reg Spare = R(6);
    private static readonly Reg[] Buffers = [R(10), R(11), R(7)];
    private readonly Reg[] _weights = [R(14), .. Enumerable.Range(shape.BlockRows, (shape.BlockRows - 1) / shape.RowsOfPointer).Select(R)];

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

    public void Sums()
    {
        for (var pointer = 1; pointer < _weights.Length; pointer++)
        {
            w.Add(_weights[pointer], _weights[pointer - 1], shape.RowsOfPointer * shape.InSize, Spare);
        }

        DenseLoop.Emit(
            w, shape, looped: shape.Groups - (shape.Overlap > 0 ? 1 : 0), LoopEnd, spare: R(8), isFree: false, movesInputs: core != Core.CortexM7, _weights, weightBytes: 4, core == Core.CortexM7 ? Ahead : Plain);
    }

    // One group of inputs times all rows, three words of weights at a time: on Cortex-M4 loads in a row cost one cycle each after the first. A round of six rows
    // is just below 1 KB, which the code cache of an M4's flash holds.
    private void Plain(int first, int count, int done, bool more)
    {
        for (var group = first; group < first + count; group++)
        {
            w.LdmThenAdd(R(12), X0, X1);
            foreach (var rows in Enumerable.Range(0, shape.BlockRows).Chunk(Buffers.Length))
            {
                foreach (var (word, row) in Buffers.Zip(rows))
                {
                    LoadWeights(word, row, group, done);
                }

                foreach (var (word, row) in Buffers.Zip(rows))
                {
                    w.Sxtb16(Spare, word);
                    w.Sxtb16(word, word, 8);
                    w.Smlad(R(row), Spare, X0);
                    w.Smlad(R(row), word, X1);
                }
            }
        }
    }

    // Cortex-M7: an SMLAD or a load stands beside each extension, and the second SMLAD of a word comes with the next word. Every second
    // word loads the next two, apart: rows are often in the same bank.
    private void Ahead(int first, int count, int done, bool more)
    {
        var words = count * shape.BlockRows;
        Load(0);
        Inputs(first);
        Load(1);
        for (var k = 0; k < words; k++)
        {
            var (row, group) = (k % shape.BlockRows, first + (k / shape.BlockRows));
            w.Sxtb16(Spare, Buffer(k));
            if (row > 0)
            {
                w.Smlad(R(row - 1), Buffer(k - 1), X1);
            }

            w.Sxtb16(Buffer(k), Buffer(k), 8);
            if (k % 2 == 1)
            {
                Load(k + 1);
            }

            w.Smlad(R(row), Spare, X0);
            if (k % 2 == 1)
            {
                Load(k + 2);
            }

            if (row == shape.BlockRows - 1)
            {
                w.Smlad(R(row), Buffer(k), X1);
                Inputs(group + 1);
            }
        }

        void Inputs(int group)
        {
            if (group < first + count)
            {
                w.Ldr(X0, R(12), (group - done) * DenseShape.ExpandedBytes);
                w.Ldr(X1, R(12), ((group - done) * DenseShape.ExpandedBytes) + 4);
            }
        }

        void Load(int word)
        {
            if (word < words)
            {
                var (row, group) = (word % shape.BlockRows, first + (word / shape.BlockRows));
                LoadWeights(Buffer(word), row, group, done);
            }
        }
    }

    private void LoadWeights(Reg to, int row, int group, int done) =>
        w.Ldr(to, _weights[row / shape.RowsOfPointer], (row % shape.RowsOfPointer * shape.InSize) + shape.GroupOffset(group) - (4 * done));

    private static Reg Buffer(int word) => Buffers[word % Buffers.Length];
}
