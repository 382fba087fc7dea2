// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.Winograd;

/// <summary>
/// F(4x4, 3x3): a quarter of the products.
/// <code>
///         4  0 -5  0  1  0              6  0  0
///         0 -4 -4  1  1  0             -4 -4 -4               1  1  1  1  1  0
///   B' =  0  4 -4 -1  1  0        G =  -4  4 -4         A' =  0  1 -1  2 -2  0
///         0 -2 -1  2  1  0              1  2  4               0  1  1  4  4  0
///         0  2 -1 -2  1  0              1 -2  4               0  1 -1  8 -8  4
///         0  4  0 -5  0  1              0  0  6
/// </code>
/// The rows of the usual G have denominators of 24 and are 24 times as large here, but for the last, which is 6 times as large; A' has the other 4.
/// Inputs are 0..255, so |V| is at most (4 + 4) * (4 + 4) * 255 + 2 * 2 * 255 = 17340; |U| is at most 12 * 12 * 128 = 18432: both fit 16 bits.
/// A' m A is 24 * 24 = 576 = 64 * 9 times the sum of the convolution, mod 2^32. 9 is odd and has an inverse mod 2^32: a product with four times that
/// inverse leaves 256 times the sum, which fits 32 bits and so is exact, whatever has wrapped before.
/// Bare weights lack factors of 6, -4, -4, 1, 1 and 6 for each row and column; then A' has them, less 1, 2, 4 and 4, which its rows have in common.
/// </summary>
internal sealed class WinogradTileOf4 : WinogradTile
{
    private const uint InverseOfNine = 0x38E38E39;

    public override int Outputs => 4;

    public override IReadOnlyList<int[]> Weights { get; } = [[6, 0, 0], [-4, -4, -4], [-4, 4, -4], [1, 2, 4], [1, -2, 4], [0, 0, 6]];

    public override int Rescale => unchecked((int)(4 * InverseOfNine));

    public override Reg[] Input(ThumbWriter w, IReadOnlyList<Reg> d, Reg a, Reg b)
    {
        w.Sub(a, d[4], d[2], 2);
        w.Sub(b, d[3], d[1], 2);
        w.Sub(d[4], d[4], d[2]);
        w.Sub(d[0], d[0], d[2]);
        w.Sub(d[5], d[5], d[3]);
        w.Sub(d[3], d[3], d[1]);
        w.Add(d[0], d[4], d[0], 2);
        w.Sub(d[5], d[5], d[3], 2);
        w.Add(d[1], a, b);
        w.Sub(d[2], a, b);
        w.Sub(a, d[4], d[3], 1);
        w.Add(d[3], d[4], d[3], 1);
        return [d[0], d[1], d[2], d[3], a, d[5]];
    }

    public override Reg[] Output(ThumbWriter w, IReadOnlyList<Reg> m, Reg a, Reg b, bool bare)
    {
        w.Add(a, m[1], m[2]);
        w.Sub(m[2], m[1], m[2]);
        w.Add(b, m[3], m[4]);
        w.Sub(m[4], m[3], m[4]);
        if (bare)
        {
            w.Add(m[0], m[0], m[0], 1);
            w.Sub(m[1], b, a, 2);
            w.Add(m[5], m[5], m[5], 1);
            w.Add(m[0], m[1], m[0], 1);
            w.Sub(m[1], m[4], m[2], 1);
            w.Add(m[5], m[4], m[5]);
            w.Sub(m[3], b, a);
            w.Rsb(m[5], m[2], m[5], 1);
            return [m[0], m[1], m[3], m[5]];
        }

        w.Add(m[0], m[0], a);
        w.Add(m[5], m[2], m[5], 2);
        w.Add(m[0], m[0], b);
        w.Add(m[1], m[2], m[4], 1);
        w.Add(m[3], a, b, 2);
        w.Add(m[5], m[5], m[4], 3);
        return [m[0], m[1], m[3], m[5]];
    }

    public override int CommonShift(int row, bool bare) => bare ? Math.Min(row, 2) : 0;
}
