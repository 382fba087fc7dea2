// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Recurrent;

/// <summary>
/// The products of an LSTM: inputs expanded to V and B, and sums of rows of weights with them. Of a word of ti_lstm_sums.h with the weights w0 to w3,
/// none of which is -128, and v = x - 127 for inputs at odd places,
/// <code>
///   V = (v1, v3)    B = (256 * x0 - v1, 256 * x2 - v3)    as pairs of int16, whatever the inputs
///   SMLAD(word, V) + SMLAD(SXTB16(word), B) = 256 * (w0 * x0 + w1 * v1 + w2 * x2 + w3 * v3)
/// </code>
/// Sums are numbers modulo 2^32. r10 holds the weights and r11 the expanded inputs; both move on.
/// </summary>
internal sealed class LstmSums(ThumbWriter w)
{
    /// <summary>Of four inputs.</summary>
    public const int ExpandedBytes = 8;

    /// <summary>Four weights, or a bias, of each gate.</summary>
    private const int GroupBytes = LstmCell.Gates * sizeof(int);

    private const int MostStraightGroups = 20;

    /// <summary>Code of less than 1 KB, which the code cache of an M4's flash holds.</summary>
    private const int GroupsOfRound = 16;

    /// <summary>
    /// Expands <paramref name="count"/> bytes from <paramref name="from"/> + <paramref name="offset"/> on; groups lie at r11, which moves on, V at
    /// <paramref name="at"/> and B <paramref name="apart"/> bytes behind it, the next group at <paramref name="step"/>. r1-r9 are lost.
    /// </summary>
    public void Expand(Fp from, int offset, int count, int at, int apart, int step)
    {
        w.Vmov(R(9), from);
        w.Add(R(9), R(9), offset, R(4));
        w.Constant(R(1), 127 | (127 << 16));
        w.Constant(R(2), unchecked((int)0xFF00FF00));
        var pairs = count / 8;
        w.Repeat(R(3), pairs, () =>
        {
            w.Ldr(R(4), R(9));
            w.Ldr(R(8), R(9), 4);
            w.AddSmall(R(9), 8);
            Spread(R(4), R(5), R(6));
            Spread(R(8), R(7), R(8));
            Store(2, at, apart, step);
        });
        if (count / 4 % 2 > 0)
        {
            w.LdrThenAdd(R(4), R(9), 4);
            Spread(R(4), R(5), R(6));
            Store(1, at, apart, step);
        }

        if (count % 4 > 0)
        {
            w.LdrbThenAdd(R(4), R(9), 1);
            for (var i = 1; i < count % 4; i++)
            {
                w.LdrbThenAdd(R(5), R(9), 1);
                w.Orr(R(4), R(4), R(5), 8 * i);
            }

            Spread(R(4), R(5), R(6));
            Store(1, at, apart, step);
        }
    }

    /// <summary>Bytes of expanded inputs that the loop takes, 0 when there is no loop.</summary>
    public static int Looped(int groups, int rows) => groups <= MostStraightGroups ? 0 : groups / GroupsOfRound * GroupsOfRound * ExpandedBytes * rows;

    /// <summary>Of the biases of a unit and its weights of so many groups.</summary>
    public static int WeightBytes(int groups) => GroupBytes * (1 + groups);

    /// <summary>r0-r3 = four biases + four rows of weights times one input.</summary>
    /// <param name="end">Where the loop ends, in expanded inputs.</param>
    public void FourGates(int groups, Fp end)
    {
        w.LdmThenAdd(R(10), R(0), R(1), R(2), R(3));
        Loop(groups, end, count =>
        {
            for (; count >= 2; count -= 2)
            {
                w.LdmThenAdd(R(11), R(8), R(9), R(12), R(14));
                FourWords(R(8), R(9));
                FourWords(R(12), R(14));
            }

            if (count > 0)
            {
                w.LdmThenAdd(R(11), R(8), R(9));
                FourWords(R(8), R(9));
            }
        });
    }

    /// <summary>
    /// r0, r1 = a bias + a row of weights times each of two inputs; r2, r3 the same for the next row. r10 moves over the weights of all four
    /// gates, from a bias of the first of the two.
    /// </summary>
    public void TwoGatesOfTwoRows(int groups, Fp end)
    {
        w.LdrdThenAdd(R(0), R(2), R(10), GroupBytes);
        w.Mov(R(1), R(0));
        w.Mov(R(3), R(2));
        Loop(groups, end, count =>
        {
            for (; count > 0; count--)
            {
                w.LdrdThenAdd(R(4), R(5), R(10), GroupBytes);
                TwoWords(R(4), R(5));
            }
        });
    }

    private void Spread(Reg word, Reg v, Reg b)
    {
        w.Sxtb16(v, word, 8);
        w.Ssub16(v, v, R(1));
        w.And(b, R(2), word, 8);
        w.Ssub16(b, b, v);
    }

    // V and B of the first word in r5 and r6, of the second in r7 and r8.
    private void Store(int words, int at, int apart, int step)
    {
        if (at == 0 && apart == 4 && step == ExpandedBytes)
        {
            w.StmThenAdd(R(11), [.. Enumerable.Range(5, 2 * words).Select(R)]);
            return;
        }

        for (var word = 0; word < words; word++)
        {
            w.Str(R(5 + (2 * word)), R(11), (word * step) + at);
            w.Str(R(6 + (2 * word)), R(11), (word * step) + at + apart);
        }

        w.AddSmall(R(11), words * step);
    }

    private void Loop(int groups, Fp end, Action<int> code)
    {
        var rounds = groups <= MostStraightGroups ? 0 : groups / GroupsOfRound;
        if (rounds > 0)
        {
            var loop = w.Loop();
            code(GroupsOfRound);
            w.Vmov(R(4), end);
            w.Cmp(R(11), R(4));
            w.Branch("ne", loop);
        }

        code(groups - (rounds * GroupsOfRound));
    }

    private void FourWords(Reg v, Reg b)
    {
        w.LdmThenAdd(R(10), R(4), R(5), R(6), R(7));
        for (var gate = 0; gate < LstmCell.Gates; gate++)
        {
            w.Smlad(R(gate), R(4 + gate), v);
            w.Sxtb16(R(4 + gate), R(4 + gate));
        }

        for (var gate = 0; gate < LstmCell.Gates; gate++)
        {
            w.Smlad(R(gate), R(4 + gate), b);
        }
    }

    private void TwoWords(Reg first, Reg second)
    {
        w.LdmThenAdd(R(11), R(8), R(9), R(12), R(14));
        foreach (var (word, sum) in new[] { (first, 0), (second, 2) })
        {
            w.Smlad(R(sum), word, R(8));
            w.Smlad(R(sum + 1), word, R(9));
            w.Sxtb16(word, word);
        }

        foreach (var (word, sum) in new[] { (first, 0), (second, 2) })
        {
            w.Smlad(R(sum), word, R(12));
            w.Smlad(R(sum + 1), word, R(14));
        }
    }
}
