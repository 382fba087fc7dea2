// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.Winograd;

/// <summary>Where each tile of a pass is, as constants of the routine: four words a tile, in the order in which lanes take them.</summary>
internal static class WinogradTiles
{
    public const int EntryBytes = 4 * sizeof(int);

    /// <summary>Of the entry: bytes from a row of sums, and of outputs of the pass.</summary>
    public const int OutputAt = 2 * sizeof(int);

    /// <summary>Of each tile: bytes into the half-transformed input, the transformed input, the sums and the output.</summary>
    public static int[] Of(WinogradShape shape) =>
    [
        .. from tile in Enumerable.Range(0, shape.PassTiles)
           let column = shape.ColumnOf(tile % shape.Tiles)
           let row = shape.RowOf(tile / shape.Tiles)
           let lanes = tile / shape.Lanes
           let lane = tile % shape.Lanes
           from word in new[]
           {
               column * sizeof(int),
               (lanes * shape.GroupBytes) + (lane * sizeof(int)),
               (lanes * shape.SumsBytes) + (lane * LaneSums(shape) * sizeof(int)),
               ((row * shape.Columns) + column) * shape.OutDepth,
           }
           select word,
    ];

    /// <summary>Sums from one lane to the next: those that registers hold are by the operand of which there are four, then by the other.</summary>
    public static int LaneSums(WinogradShape shape) => shape.Lanes == 4 ? 2 : 1;

    /// <summary>The same from one output channel to the next.</summary>
    public static int ChannelSums(WinogradShape shape) => shape.Lanes == 4 ? 1 : 2;
}
