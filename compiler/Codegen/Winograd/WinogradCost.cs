// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.Winograd;

/// <summary>Predicted cycles, without wait states.</summary>
internal static class WinogradCost
{
    public static long Cycles(WinogradShape shape, Core core)
    {
        var m7 = core == Core.CortexM7;
        var copy = shape.Copied.Bytes * (m7 ? 0.7 : 1.1);
        var input = (shape.Depth / 4) * ((shape.WindowColumns * (m7 ? 45.0 : 72.0)) + (shape.Pairs * 2 * 6 * (m7 ? 60.0 : 92.0)));
        var products = WinogradShape.Positions * ((shape.Depth / 2 * (m7 ? 8.5 : 16.0)) + (m7 ? 10 : 16) + (shape.Depth > 32 ? 15 : 0));
        var expansion = shape.Expands ? WinogradExpansion.Cycles(shape, core) : 0;
        var output = WinogradShape.BlockChannels * 2 * ((m7 ? 200.0 : 330.0) + (shape.Expands ? (m7 ? 25 : 38) : 0));
        return (long)((shape.TileRows * (copy + input + (shape.Blocks * shape.Pairs * (products + output)))) + (shape.Passes * shape.Blocks * expansion)) + 100;
    }
}
