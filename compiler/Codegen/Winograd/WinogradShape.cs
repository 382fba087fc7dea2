// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using TinyInfer.Compiler.Codegen.Convolution;

namespace TinyInfer.Compiler.Codegen.Winograd;

/// <summary>
/// A convolution as its routine sees it: passes of some rows of tiles, whose tiles are taken <see cref="Lanes"/> at a time, in order. The last tile of
/// a row or a column ends with the output and may overlap the one before it; lanes behind the last tile of a pass are computed and not stored.
/// </summary>
/// <param name="Depth">Input channels, a multiple of 4.</param>
/// <param name="OutDepth">At least 4; the last block of channels may overlap the one before it.</param>
/// <param name="Rows">Of outputs, at least those of a tile.</param>
/// <param name="Columns">Of outputs, at least those of a tile.</param>
/// <param name="Window">How the rows of input under a row of tiles are copied, all elements as unsigned numbers that are 128 larger.</param>
/// <param name="Expands">True when weights are transformed on the device, a block at a time.</param>
/// <param name="PassRows">Rows of tiles that meet a block of weights together; they divide all of them.</param>
internal sealed record WinogradShape(WinogradTile Tile, int Depth, int OutDepth, int Rows, int Columns, Strip Window, OutputStage Output, bool Expands, int PassRows)
{
    /// <summary>Sums of products that registers hold: tiles times output channels.</summary>
    public const int Sums = 8;


    private const int Word = sizeof(int);

    public int TileRows => (Rows + Tile.Outputs - 1) / Tile.Outputs;

    public int Passes => TileRows / PassRows;

    /// <summary>Rows by which the last tiles begin earlier, so that they end with the output.</summary>
    public int LastBack => (TileRows * Tile.Outputs) - Rows;

    /// <summary>
    /// True when the last two rows of a window stay for the next one: each row of input is read once, and not after a row of outputs of its
    /// number is stored.
    /// </summary>
    public bool KeepsRows => LastBack == 0 && TileRows > 1;

    /// <summary>The window, or what of it comes new.</summary>
    public Strip Copied => KeepsRows ? Window with { Rows = Tile.Outputs } : Window;

    public int SharedBytes => WinogradTile.SharedRows * WindowRowBytes;

    /// <summary>Of a row.</summary>
    public int Tiles => (Columns + Tile.Outputs - 1) / Tile.Outputs;

    public int PassTiles => PassRows * Tiles;

    /// <summary>
    /// Tiles that share registers, with output channels: 4 x 2, so that weights are read half as often, or 2 x 4 where that leaves fewer lanes
    /// over or where offsets to four tiles would not fit.
    /// </summary>
    public int Lanes => Up(PassTiles, 4) > Up(PassTiles, 2) || (Tile.Points * 2 * 4 * Depth) > ThumbWriter.LargestOffset ? 2 : 4;

    public int BlockChannels => Sums / Lanes;

    /// <summary>Groups of tiles in a pass.</summary>
    public int Groups => Up(PassTiles, Lanes) / Lanes;

    public int Blocks => (OutDepth + BlockChannels - 1) / BlockChannels;

    /// <summary>Columns of the window: two more than outputs.</summary>
    public int WindowColumns => Columns + WinogradTile.SharedRows;

    public int WindowRowBytes => WindowColumns * Depth;

    /// <summary>The transformed input of a group of tiles: position, pair of channels, lane; each a pair of int16.</summary>
    public int GroupBytes => Tile.Positions * PositionBytes;

    /// <summary>From one position to the next.</summary>
    public int PositionBytes => Depth / 2 * Lanes * Word;

    /// <summary>The transformed weights of a block of output channels: position, pair of input channels, output channel.</summary>
    public int BlockBytes => Tile.Positions * BlockPositionBytes;

    public int BlockPositionBytes => Depth / 2 * BlockChannels * Word;

    /// <summary>After the transform of columns: half of the lanes of words, row of the tile, column of the window.</summary>
    public int HalfBytes => Tile.Points * WindowColumns * Word;

    /// <summary>Sums of products of a group: position, then tiles and channels.</summary>
    public int SumsBytes => Tile.Positions * Sums * Word;

    /// <summary>Behind the transformed tiles.</summary>
    public int WindowAt => Groups * GroupBytes;

    /// <summary>Half-transformed input.</summary>
    public int PassingAt => WindowAt + Window.Bytes;

    /// <summary>Over what is used up when sums come.</summary>
    public int SumsAt => WindowAt + (KeepsRows && Passes > 1 ? SharedBytes : 0);

    public int ExpandedAt => SumsAt + (Groups * SumsBytes);

    public int Scratch => Math.Max(PassingAt + (2 * HalfBytes), ExpandedAt + (Expands ? BlockBytes + WinogradWeights.BytesAhead : 0));

    /// <summary>From the weights of one block to those of the next.</summary>
    public int WeightStep => Expands ? BlockChannels * KernelBytes : BlockBytes;

    /// <summary>Channels that the last block has in common with the one before it.</summary>
    public int BlockOverlap => (BlockChannels * Blocks) - OutDepth;

    public int KernelBytes => 9 * Depth;

    public int OutRowBytes => Columns * OutDepth;

    /// <summary>The first column of a tile.</summary>
    public int ColumnOf(int tile) => Math.Min(tile * Tile.Outputs, Columns - Tile.Outputs);

    /// <summary>The first row of a row of tiles, in its pass. Where there are several, all of the last one moves up to end with the output.</summary>
    public int RowOf(int tileRow) => Passes > 1 ? tileRow * Tile.Outputs : Math.Min(tileRow * Tile.Outputs, Rows - Tile.Outputs);

    /// <summary>Where weights are transformed and how often they are read, for reports.</summary>
    public string WeightsText => $"weights transformed {(Expands ? "on the device" : "by the compiler and read")} {(Passes == 1 ? "once" : $"{Passes} times")}";

    /// <summary>Everything that the code depends on.</summary>
    public string Name => $"winograd{Tile.Outputs}{(Expands ? "_x" : "_")}{PassRows}_{Depth}_{OutDepth}_{Rows}x{Columns}{Window.Name}_{OutputName}";

    private string OutputName =>
        $"{(Output.SharedShift is { } shift ? $"r{shift}" : "c")}{(Output.HasSignFix ? "n" : "")}{(Output.IsClamped ? $"l{Output.Min + 128}h{Output.Max + 128}" : "")}";

    private static int Up(int count, int unit) => (count + unit - 1) / unit * unit;
}
