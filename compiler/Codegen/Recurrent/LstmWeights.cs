// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Recurrent;

/// <summary>
/// The weights of an LSTM as its generated code reads them: from one end to the other, each bias before the words of its rows. Four
/// weights of a row lie in a word whose halves are 256 * w1 + w0 and 256 * w3 + w2. With v = x - 127 for inputs at odd places,
/// <code>
///   V = (v1, v3)    B = (256 * x0 - v1, 256 * x2 - v3)    as pairs of int16, whatever the inputs
///   SMLAD(word, V) + SMLAD(SXTB16(word), B) = 256 * (w0 * x0 + w1 * v1 + w2 * x2 + w3 * v3)
/// </code>
/// and what v lacks of x depends on weights only, so it is in the bias. Sums are numbers modulo 2^32.
/// </summary>
/// <param name="Input">[units, gates, inputs].</param>
/// <param name="Recurrent">[units, gates, units].</param>
/// <param name="Bias">[2, units, gates].</param>
internal sealed record LstmWeights(int Inputs, int Units, sbyte[] Input, sbyte[] Recurrent, int[] Bias)
{
    private const int Gates = LstmCell.Gates;
    private const int OddShift = 127;

    /// <summary>Of each unit all four gates of the input, then all four of h.</summary>
    public ConstantOperand Together => Of("weights", Enumerable.Range(0, Units).SelectMany(unit => OfInput(unit, 0, Gates).Concat(OfHidden(unit))));

    /// <summary>Of each unit two gates of the input, then the other two.</summary>
    public ConstantOperand InputInPairs =>
        Of("weights", Enumerable.Range(0, Units).SelectMany(unit => OfInput(unit, 0, 2).Concat(OfInput(unit, 2, 2))));

    public ConstantOperand RecurrentAlone => Of("recurrent", Enumerable.Range(0, Units).SelectMany(OfHidden));

    private static ConstantOperand Of(string name, IEnumerable<int> words) => ConstantOperand.Of(name, [.. words]);

    private IEnumerable<int> OfInput(int unit, int gate, int gates) => Rows(Input, Inputs, Bias.AsMemory(0, Gates * Units), (unit * Gates) + gate, gates);

    private IEnumerable<int> OfHidden(int unit) => Rows(Recurrent, Units, Bias.AsMemory(Gates * Units), unit * Gates, Gates);

    // Biases, then of each group of four inputs a word of each row.
    private static IEnumerable<int> Rows(sbyte[] weights, int size, ReadOnlyMemory<int> bias, int first, int count)
    {
        int At(int row, int i) => i < size ? weights[(row * size) + i] : 0;
        int Half(int row, int i) => (256 * At(row, i + 1)) + At(row, i);
        var rows = Enumerable.Range(first, count);
        return
        [
            .. rows.Select(row => unchecked(256 * (bias.Span[row] + (OddShift * Enumerable.Range(0, size / 2).Sum(pair => weights[(row * size) + (2 * pair) + 1]))))),
            .. Enumerable.Range(0, (size + 3) / 4).SelectMany(_ => rows, (group, row) => (Half(row, 4 * group) & 0xFFFF) | (Half(row, (4 * group) + 2) << 16)),
        ];
    }
}
