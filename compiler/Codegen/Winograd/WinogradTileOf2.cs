// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.Winograd;

/// <summary>
/// F(2x2, 3x3): four ninths of the products, weights of 32/9 the bytes, and outputs in steps of two.
/// <code>
///         1  0 -1  0              1  0  0
///   B' =  0  1  1  0        G =   1  1  1         A' =  2  1  1  0
///         0 -1  1  0              1 -1  1               0  1 -1 -2
///         0  1  0 -1              0  0  1
/// </code>
/// Two rows of the usual G have denominators of 2 and are twice as large here; A' has the same for the others, so that A' m A is 4 times the sum of the
/// convolution. |V| is at most 4 * 255 and |U| at most 9 * 128.
/// </summary>
internal sealed class WinogradTileOf2 : WinogradTile
{
    public override int Outputs => 2;

    public override IReadOnlyList<int[]> Weights { get; } = [[1, 0, 0], [1, 1, 1], [1, -1, 1], [0, 0, 1]];

    public override int Rescale => 256 / 4;

    public override Reg[] Input(ThumbWriter w, IReadOnlyList<Reg> d, Reg a, Reg b)
    {
        w.Sub(d[0], d[0], d[2]);
        w.Sub(d[3], d[1], d[3]);
        w.Add(a, d[1], d[2]);
        w.Sub(d[2], d[2], d[1]);
        return [d[0], a, d[2], d[3]];
    }

    public override Reg[] Output(ThumbWriter w, IReadOnlyList<Reg> m, Reg a, Reg b, bool bare)
    {
        w.Add(a, m[1], m[2]);
        w.Sub(m[1], m[1], m[2]);
        w.Add(m[0], a, m[0], 1);
        w.Sub(m[1], m[1], m[3], 1);
        return [m[0], m[1]];
    }

    public override int CommonShift(int row, bool bare) => 0;
}
