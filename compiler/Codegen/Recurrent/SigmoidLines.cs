// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Recurrent;

/// <summary>
/// The interpolation of ti_sigmoid.h as straight lines, one for each 512 arguments of both signs: with j = t >> 9,
/// <code>
///   logistic(t)  = (Base[j] + t * Slope[j]) >> 10
///   tanh(t / 2)  = (Base[j] + t * Slope[j] - TanhOffset) >> 9    for t from -2^17 to 2^17 - 1, and at these ends beyond
/// </code>
/// Base holds the rounding of both signs. The one of tanh would be 2 less for negative arguments and not 1, but the rest is even there. Slopes of both
/// signs are the same, Slope[j] and Slope[-1 - j], so that the operand has those from 0 on.
/// </summary>
internal static class SigmoidLines
{
    /// <summary>Lines of either sign.</summary>
    public const int Half = 256;
    public const int CellBits = 9;
    public const int TanhOffset = (1 << 24) + 256;

    /// <summary>From the first byte of the operand to the line of argument 0.</summary>
    public const int BaseOffset = Half * sizeof(int);
    public const int SlopeOffset = 2 * Half * sizeof(int);

    private const int One = 1 << 16;

    public static ConstantOperand Operand { get; } = Make();

    /// <summary>Of a cell, from -Half on.</summary>
    public static (int Base, short Slope) Line(int cell)
    {
        var table = SigmoidTable.Entries();
        int Value(int i) => table[Math.Min(i, Half - 1)];

        // sigmoid(-x) = 1 - sigmoid(x).
        var (from, to) = cell >= 0 ? (Value(cell), Value(cell + 1)) : (One - Value(-cell), One - Value(-cell - 1));
        var slope = to - from;
        return ((from << CellBits) - (slope * (cell << CellBits)) + 512 - (cell < 0 ? 1 : 0), (short)slope);
    }

    private static ConstantOperand Make()
    {
        var lines = Enumerable.Range(-Half, 2 * Half).Select(Line).ToArray();
        return new ConstantOperand(
            "sigmoid",
            ElementType.S8,
            (byte[])[.. MemoryMarshal.AsBytes<int>(lines.Select(line => line.Base).ToArray()), .. MemoryMarshal.AsBytes<short>(lines.Skip(Half).Select(line => line.Slope).ToArray())]);
    }
}
