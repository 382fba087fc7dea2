// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>The weights and biases of lstm_s8 in the order of ti_lstm_sums.h, which the portable kernel and generated code of all cores read.</summary>
/// <param name="Words">From one end to the other as a pass over the units needs them.</param>
/// <param name="SumShift">Bits by which biases are shifted to the left: <see cref="Shift"/>, or 0 where sums do not fit or a weight is -128.</param>
internal sealed record LstmWeights(ConstantOperand Words, int SumShift)
{
    /// <summary>Sums are so many bits larger in generated code, and fit it when those they have fit 24 bits.</summary>
    public const int Shift = 8;

    private const int Gates = Lstm.Gates;
    private const int OddShift = 127;
    private const long LargestSum = 1 << (31 - Shift);

    public static LstmWeights Of(Node node)
    {
        var (ofInput, ofHidden) = LstmConstants.Biases(node);
        var parts = new[] { new Part(Rows(node, Lstm.Weights), ofInput), new Part(Rows(node, Lstm.RecurrentWeights), ofHidden) };
        var shift = parts.All(part => part.IsSmall) ? Shift : 0;
        var units = node.Output.Shape[2];
        return new LstmWeights(ConstantOperand.Of("weights", [.. Enumerable.Range(0, units).SelectMany(unit => parts.SelectMany(part => part.Unit(unit, shift)))]), shift);
    }

    private static sbyte[] Rows(Node node, int first) => MemoryMarshal.Cast<byte, sbyte>(LstmConstants.Interleaved<sbyte>("weights", node, first).Bytes.Span).ToArray();

    /// <summary>What belongs to the input, or to h.</summary>
    /// <param name="Rows">[units, gates, inputs].</param>
    /// <param name="Bias">[units, gates].</param>
    private sealed record Part(sbyte[] Rows, int[] Bias)
    {
        private readonly int _size = Rows.Length / Bias.Length;

        public bool IsSmall => !Rows.Contains(sbyte.MinValue)
            && Bias.Index().All(row => (128L * Rows.AsSpan(row.Index * _size, _size).ToArray().Sum(weight => Math.Abs((long)weight))) + Math.Abs((long)row.Item) < LargestSum);

        public IEnumerable<int> Unit(int unit, int shift)
        {
            var rows = Enumerable.Range(unit * Gates, Gates).ToArray();
            return
            [
                .. rows.Select(row => unchecked((Bias[row] + (OddShift * Enumerable.Range(0, _size / 2).Sum(pair => Rows[(row * _size) + (2 * pair) + 1]))) << shift)),
                .. Enumerable.Range(0, (_size + 3) / 4).SelectMany(_ => rows, (group, row) => (Half(row, 4 * group) & 0xFFFF) | (Half(row, (4 * group) + 2) << 16)),
            ];
        }

        private int Half(int row, int i) => (256 * At(row, i + 1)) + At(row, i);

        private int At(int row, int i) => i < _size ? Rows[(row * _size) + i] : 0;
    }
}
