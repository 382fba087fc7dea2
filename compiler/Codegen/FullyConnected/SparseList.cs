// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.FullyConnected;

/// <summary>The inputs of a list: those that are not zero, zeros to fill its last round, and more zeros to read ahead.</summary>
/// <param name="offsetBytes">Of the place of an input's weights in a block.</param>
internal sealed class SparseList(ThumbWriter w, int inSize, int offsetBytes, int ahead)
{
    private const int Half = sizeof(short);
    private const int InputsOfRound = 4;
    private static readonly Fp Counter = S(6);

    /// <summary>Of the inputs; the offsets are behind them. Not a multiple of 8, as two loads at once on Cortex-M7 want it.</summary>
    public int InputBytes { get; } = ((((inSize + InputsOfRound + ahead) * Half) + 3) / 8 * 8) + 4;

    public int Bytes => InputBytes + (InputBytes / Half * offsetBytes);

    /// <summary>The inputs at r0 in a list at r3: x + 128 as halfwords, and where their weights are. r1 is behind the last round's inputs, at least one's.</summary>
    public void Make()
    {
        var (from, to, word, offsets, value, offset, spare, found) = (R(0), R(1), R(2), R(7), R(4), R(5), R(6), R(9));
        w.Mov(to, R(3));
        w.Add(offsets, to, InputBytes, spare);
        w.Constant(offset, 0);
        w.Repeat(Counter, inSize / sizeof(int), () =>
        {
            w.LdrThenAdd(word, from, sizeof(int));
            Append(sizeof(int));
        });
        if (inSize % sizeof(int) > 0)
        {
            w.Ldr(word, from);
            Append(inSize % sizeof(int));
        }

        w.Constant(value, 0);
        for (var i = 0; i < InputsOfRound + ahead; i++)
        {
            w.Strh(value, to, i * Half);
            Offset(value, i);
        }

        // At least one round, so that a loop needs no check.
        w.Sub(found, to, R(3));
        w.AddSmall(found, (InputsOfRound * Half) - 1);
        w.BicLowBits(found, 3);
        w.Cmp(found, 0);
        w.ImmediateIf("eq", found, InputsOfRound * Half);
        w.Add(to, R(3), found);

        void Append(int bytes)
        {
            w.Eor(word, word, 0x80808080);
            for (var i = 0; i < bytes; i++)
            {
                w.Byte(value, word, i, unsigned: true);
                w.Strh(value, to, 0);
                Offset(offset, 0);
                w.IsAny(spare, value);
                w.Add(to, to, spare, shiftLeft: 1);
                if (offsetBytes > Half)
                {
                    w.Add(offsets, offsets, spare, shiftLeft: 2);
                }

                w.AddSmall(offset, SparseRoutine.BlockRows);
            }
        }

        // Offsets as short as inputs lie at one distance from them.
        void Offset(Reg what, int index)
        {
            if (offsetBytes > Half)
            {
                w.Str(what, offsets, index * offsetBytes);
            }
            else
            {
                w.Strh(what, to, InputBytes + (index * Half));
            }
        }
    }
}
