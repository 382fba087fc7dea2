// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Winograd;

/// <summary>
/// The code of the input transform V = B' d B of a row of tiles, all channels, two channels in a word: it stands for high * 65536 + low with a
/// signed low half, so that one addition adds both; what low has borrowed goes back to the high half at the end.
/// Columns of the window are transformed first, each once, although tiles share them; then rows, for each tile.
/// </summary>
internal sealed class WinogradInput(ThumbWriter w, WinogradShape shape)
{
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
    private static readonly Fp Entry = S(6);
    private static readonly Fp Entries = S(7);

    private WinogradTile Tile => shape.Tile;

    /// <summary>In: s0 address of the transformed tiles of the pass, s1 of the memory in between, s2 of the window, s7 of the row's entries of <see cref="WinogradTiles"/>.</summary>
    public void Emit()
    {
        w.Constant(Spare, shape.Depth / 4);
        w.Vmov(Groups, Spare);
        var group = w.Loop();
        Columns();
        Rows();
        w.Add(Window, 4, R(0), R(1));
        w.Add(Transformed, 2 * shape.Lanes * Word, R(0), R(1));
        w.Vmov(R(3), Groups);
        w.Subs(R(3), 1);
        w.Vmov(Groups, R(3));
        w.Branch("ne", group);
    }

    private void Columns()
    {
        // All rows are in reach of one base, or two of each.
        var reach = (Tile.Points - 1) * shape.WindowRowBytes <= LargestOffset;
        Reg[] bases = reach ? [In] : [.. new[] { In, R(10), R(11) }.Take(Tile.Points / 2)];
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
            for (var row = 0; row < Tile.Points; row++)
            {
                w.Ldr(D[row], reach ? In : bases[row / 2], (reach ? row : row % 2) * shape.WindowRowBytes);
            }

            foreach (var d in D.Take(Tile.Points))
            {
                w.Uxtb16(d, d, rotate: 8 * half);
            }

            foreach (var (row, value) in Tile.Input(w, D, R(8), R(9)).Index())
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
        w.Vmov(Spare, Entries);
        w.Vmov(Entry, Spare);
        w.Constant(Spare, shape.Tiles);
        w.Vmov(Tiles, Spare);

        var tile = w.Loop();
        w.Vmov(Spare, Entry);
        w.LdrdThenAdd(In, Out, Spare, WinogradTiles.EntryBytes);
        w.Vmov(Entry, Spare);
        w.Vmov(R(10), Passing);
        w.Vmov(R(11), Transformed);
        w.Add(In, In, R(10));
        w.Add(Out, Out, R(11));
        w.Constant(Spare, Tile.Points);
        var row = w.Loop();
        for (var half = 0; half < 2; half++)
        {
            for (var column = 0; column < Tile.Points; column++)
            {
                w.Ldr(D[column], In, (half * shape.HalfBytes) + (column * Word));
            }

            var values = Tile.Input(w, D, R(8), R(9));
            foreach (var value in values)
            {
                w.And(R(10), value, 0x8000);
                w.Add(value, value, R(10), 1);
            }

            foreach (var (column, value) in values.Index())
            {
                w.Str(value, Out, (column * shape.PositionBytes) + (half * shape.Lanes * Word));
            }
        }

        w.Add(In, In, shape.WindowColumns * Word, R(2));
        w.Add(Out, Out, Tile.Points * shape.PositionBytes, R(2));
        w.Subs(Spare, 1);
        w.Branch("ne", row);

        w.Vmov(Spare, Tiles);
        w.Subs(Spare, 1);
        w.Vmov(Tiles, Spare);
        w.Branch("ne", tile);
    }
}
