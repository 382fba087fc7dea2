// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Winograd;

/// <summary>
/// The code of the input transform V = B' d B of a row of tiles, all channels, two channels in a word:
/// <code>
///         4  0 -5  0  1  0
///         0 -4 -4  1  1  0
///   B' =  0  4 -4 -1  1  0
///         0 -2 -1  2  1  0
///         0  2 -1 -2  1  0
///         0  4  0 -5  0  1
/// </code>
/// A word stands for high * 65536 + low with a signed low half, so that one addition adds both; what low has borrowed goes back to the
/// high half at the end. Inputs are 0..255, so |V| is at most (4 + 4) * (4 + 4) * 255 + 2 * 2 * 255 = 17340 and fits 16 bits.
/// Columns of the window are transformed first, each once, although tiles share them; then rows, for each tile.
/// </summary>
internal sealed class WinogradInput(ThumbWriter w, WinogradShape shape)
{
    private const int LargestOffset = 4095;
    private const int Word = sizeof(int);
    private static readonly Reg In = R(0);
    private static readonly Reg Out = R(1);
    private static readonly Reg[] D = [R(2), R(3), R(4), R(5), R(6), R(7)];
    private static readonly Reg Spare = R(12);

    private static readonly Fp Transformed = S(0);
    private static readonly Fp Passing = S(1);
    private static readonly Fp Window = S(2);
    private static readonly Fp Groups = S(3);
    private static readonly Fp End = S(4);
    private static readonly Fp Tiles = S(5);

    /// <summary>In: s0 address of the transformed tiles, s1 of the memory in between, s2 of the window.</summary>
    public void Emit()
    {
        w.Constant(Spare, shape.Depth / 4);
        w.Vmov(Groups, Spare);
        var group = w.Loop();
        Columns();
        Rows();
        w.Add(Window, 4, R(0), R(1));
        w.Add(Transformed, 4 * Word, R(0), R(1));
        w.Vmov(R(3), Groups);
        w.Subs(R(3), 1);
        w.Vmov(Groups, R(3));
        w.Branch("ne", group);
    }

    private void Columns()
    {
        // Six rows are in reach of one base, or of three.
        var reach = 5 * shape.WindowRowBytes <= LargestOffset;
        Reg[] bases = reach ? [In] : [In, R(10), R(11)];
        w.Vmov(In, Window);
        w.Vmov(Out, Passing);
        w.Add(Spare, Out, shape.WindowColumns * Word, R(2));
        w.Vmov(End, Spare);
        for (var b = 1; b < bases.Length; b++)
        {
            w.Add(bases[b], In, 2 * b * shape.WindowRowBytes, R(2));
        }

        var column = w.Loop();
        for (var half = 0; half < 2; half++)
        {
            for (var row = 0; row < WinogradShape.Points; row++)
            {
                w.Ldr(D[row], reach ? In : bases[row / 2], (reach ? row : row % 2) * shape.WindowRowBytes);
            }

            foreach (var d in D)
            {
                w.Uxtb16(d, d, rotate: 8 * half);
            }

            foreach (var (row, value) in Transform().Index())
            {
                w.Str(value, Out, (half * shape.HalfBytes) + (row * shape.WindowColumns * Word));
            }
        }

        foreach (var address in bases)
        {
            w.Add(address, address, shape.Depth, Spare);
        }

        w.Add(Out, Out, Word, Spare);
        w.Vmov(Spare, End);
        w.Cmp(Out, Spare);
        w.Branch("ne", column);
    }

    private void Rows()
    {
        w.Vmov(In, Passing);
        w.Vmov(Out, Transformed);
        w.Constant(Spare, 2 * shape.Pairs);
        w.Vmov(Tiles, Spare);

        var tile = w.Loop();
        w.Constant(Spare, WinogradShape.Points);
        var row = w.Loop();
        for (var half = 0; half < 2; half++)
        {
            for (var column = 0; column < WinogradShape.Points; column++)
            {
                w.Ldr(D[column], In, (half * shape.HalfBytes) + (column * Word));
            }

            var values = Transform();
            foreach (var value in values)
            {
                w.And(R(10), value, 0x8000);
                w.Add(value, value, R(10), 1);
            }

            foreach (var (column, value) in values.Index())
            {
                w.Str(value, Out, (column * shape.PositionBytes) + (half * 2 * Word));
            }
        }

        w.Add(In, In, shape.WindowColumns * Word, R(2));
        w.Add(Out, Out, WinogradShape.Points * shape.PositionBytes, R(2));
        w.Subs(Spare, 1);
        w.Branch("ne", row);
        NextTile(tile);
    }

    /// <summary>Tiles of a pair are in neighbouring words.</summary>
    private void NextTile(string tile)
    {
        w.Add(In, In, (WinogradShape.Tile * Word) - (WinogradShape.Points * shape.WindowColumns * Word), R(2));
        w.Vmov(R(12), Tiles);
        var (odd, next) = (w.NewLabel(), w.NewLabel());
        w.BranchIfOdd(R(12), odd);
        w.Add(Out, Out, Word - shape.PairBytes, R(11));
        w.Branch(next);
        w.Label(odd);
        w.AddSmall(Out, -Word);
        w.Label(next);
        w.Subs(R(12), 1);
        w.Vmov(Tiles, R(12));

        // The last tiles end with the row.
        for (var left = 1; left <= 2 && left < 2 * shape.Pairs; left++)
        {
            var number = (2 * shape.Pairs) - left;
            var back = WinogradShape.Tile - (shape.ColumnOf(number) - shape.ColumnOf(number - 1));
            if (back > 0)
            {
                var otherwise = w.NewLabel();
                w.Cmp(R(12), left);
                w.Branch("ne", otherwise);
                w.Add(In, In, -back * Word, R(2));
                w.Label(otherwise);
            }
        }

        w.Cmp(R(12), 0);
        w.Branch("ne", tile);
    }

    /// <summary>Six values of D by one row of B' each; returns where the results are.</summary>
    private Reg[] Transform()
    {
        var (even, odd) = (R(8), R(9));
        w.Sub(even, D[4], D[2], 2);
        w.Sub(odd, D[3], D[1], 2);
        w.Sub(D[4], D[4], D[2]);
        w.Sub(D[0], D[0], D[2]);
        w.Sub(D[5], D[5], D[3]);
        w.Sub(D[3], D[3], D[1]);
        w.Add(D[0], D[4], D[0], 2);
        w.Sub(D[5], D[5], D[3], 2);
        w.Add(D[1], even, odd);
        w.Sub(D[2], even, odd);
        w.Sub(even, D[4], D[3], 1);
        w.Add(D[3], D[4], D[3], 1);
        return [D[0], D[1], D[2], D[3], even, D[5]];
    }
}
