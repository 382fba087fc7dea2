// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.Winograd;

/// <summary>Predicted cycles, without wait states, and lines of flash.</summary>
internal static class WinogradCost
{
    private const int DataCache = 256;

    /// <summary>Of weights, from flash: each pass reads all of them, and each group of tiles where those of a position are more than the cache of data.</summary>
    public static long Lines(WinogradShape shape) => shape.Expands ? 0
        : (long)shape.Passes * shape.Blocks * (shape.BlockBytes / Candidate.LineBytes) * (shape.BlockPositionBytes < DataCache ? 1 : shape.Groups);

    public static long Cycles(WinogradShape shape, Core core)
    {
        var m7 = core == Core.CortexM7;
        var (points, outputs, depth) = (shape.Tile.Points, shape.Tile.Outputs, shape.Depth);
        var copy = shape.Copied.Bytes * (m7 ? 0.7 : 1.1);
        var input = (depth / 4) * ((shape.WindowColumns * points * (m7 ? 7.5 : 12.0)) + (shape.Tiles * points * points * (m7 ? 10 : 15.3)));
        var products = shape.Tile.Positions * ((depth / 2 * (m7 ? 8.5 : 16.0)) + (m7 ? 13 : 20) + (depth > 32 ? 15 : 0));
        var output = WinogradShape.Sums * ((m7 ? 200.0 : 330.0) + (shape.Expands ? (m7 ? 25 : 38) : 0)) * points * outputs / 24;
        var expansion = shape.Expands ? WinogradExpansion.Cycles(shape, core) : 0;
        return (long)((shape.TileRows * (copy + input)) + (shape.Passes * shape.Blocks * ((shape.Groups * (products + output)) + expansion))) + 100;
    }
}
