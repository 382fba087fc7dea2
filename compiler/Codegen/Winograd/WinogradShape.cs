// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using TinyInfer.Compiler.Codegen.Convolution;

namespace TinyInfer.Compiler.Codegen.Winograd;

/// <summary>
/// A convolution as its routine sees it: rows of tiles of 4x4 outputs, two tiles and four output channels at a time. The last tile of a
/// row or a column ends with the output and may overlap the one before it; where the number of tiles is odd, the last one is computed twice.
/// </summary>
/// <param name="Depth">Input channels, a multiple of 4.</param>
/// <param name="OutDepth">At least 4; the last block of channels may overlap the one before it.</param>
/// <param name="Rows">Of outputs, at least 4.</param>
/// <param name="Columns">Of outputs, at least 4.</param>
/// <param name="Window">How the six rows of input under a row of tiles are copied, all elements as unsigned numbers that are 128 larger.</param>
/// <param name="Expands">True when weights are transformed on the device, a block at a time.</param>
/// <param name="PassRows">Rows of tiles that meet a block of weights together; more than one only where <see cref="KeepsRows"/>.</param>
internal sealed record WinogradShape(int Depth, int OutDepth, int Rows, int Columns, Strip Window, OutputStage Output, bool Expands, int PassRows)
{
    /// <summary>Rows of input that two rows of tiles share.</summary>
    public const int SharedRows = Points - Tile;

    public const int Tile = 4;

    /// <summary>Of a transformed tile, in each direction.</summary>
    public const int Points = 6;

    public const int Positions = Points * Points;

    public const int BlockChannels = 4;

    private const int Word = sizeof(int);

    public int TileRows => (Rows + Tile - 1) / Tile;

    public int Passes => TileRows / PassRows;

    /// <summary>
    /// True when the last two rows of a window stay for the next one: each row of input is read once, and not after a row of outputs of its
    /// number is stored.
    /// </summary>
    public bool KeepsRows => Window.LastBack == 0 && TileRows > 1;

    /// <summary>The window, or what of it comes new.</summary>
    public Strip Copied => KeepsRows ? Window with { Rows = Tile } : Window;

    public int SharedBytes => SharedRows * WindowRowBytes;

    public int Tiles => (Columns + Tile - 1) / Tile;

    public int Pairs => (Tiles + 1) / 2;

    public int Blocks => (OutDepth + BlockChannels - 1) / BlockChannels;

    /// <summary>Columns of the window: two more than outputs.</summary>
    public int WindowColumns => Columns + 2;

    public int WindowRowBytes => WindowColumns * Depth;

    /// <summary>The transformed input of a pair of tiles: position, two pairs of channels, tile; each a pair of int16.</summary>
    public int PairBytes => Positions * PositionBytes;

    /// <summary>From one position to the next.</summary>
    public int PositionBytes => Depth * Word;

    /// <summary>The transformed weights of four output channels: position, pair of input channels, output channel.</summary>
    public int BlockBytes => 2 * PairBytes;

    /// <summary>After the transform of columns: half of the lanes, row of the tile, column of the window.</summary>
    public int HalfBytes => Points * WindowColumns * Word;

    /// <summary>Sums of products: position, output channel, tile.</summary>
    public static int SumsBytes => Positions * BlockChannels * 2 * Word;

    /// <summary>Half-transformed input, and later sums.</summary>
    public int PassingAt => PassRows * Pairs * PairBytes;

    public int WindowAt => PassingAt + Math.Max(2 * HalfBytes, SumsBytes);

    /// <summary>Over those rows of the window that are used up when weights come.</summary>
    public int ExpandedAt => WindowAt + (KeepsRows ? SharedBytes : (Window.Bytes + Word - 1) / Word * Word);

    public int Scratch => Math.Max(WindowAt + Window.Bytes, ExpandedAt + (Expands ? BlockBytes + WinogradWeights.BytesAhead : 0));

    /// <summary>From the weights of one block to those of the next.</summary>
    public int WeightStep => Expands ? BlockChannels * KernelBytes : BlockBytes;

    /// <summary>Channels that the last block has in common with the one before it.</summary>
    public int BlockOverlap => (BlockChannels * Blocks) - OutDepth;

    public int KernelBytes => 9 * Depth;

    public int OutRowBytes => Columns * OutDepth;

    /// <summary>The first column of a tile.</summary>
    public int ColumnOf(int tile) => Math.Min(tile * Tile, Columns - Tile);

    /// <summary>Where weights are transformed, for reports.</summary>
    public string WeightsText => !Expands ? "weights transformed by the compiler" : $"weights transformed on the device {(Passes == 1 ? "once" : $"{Passes} times")}";

    /// <summary>Everything that the code depends on.</summary>
    public string Name => $"winograd{(Expands ? $"_x{PassRows}" : "")}_{Depth}_{OutDepth}_{Rows}x{Columns}{Window.Name}_{OutputName}";

    private string OutputName =>
        $"{(Output.SharedShift is { } shift ? $"r{shift}" : "c")}{(Output.HasSignFix ? "n" : "")}{(Output.IsClamped ? $"l{Output.Min + 128}h{Output.Max + 128}" : "")}";
}
