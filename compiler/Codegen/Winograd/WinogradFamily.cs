// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Winograd;

/// <summary>CONV_2D 3x3 of stride 1 on images of at least a tile of outputs, any padding, input channels a multiple of 4. Costs a multiple of the
/// weights in flash, or cycles to transform them on the device.</summary>
internal sealed class WinogradFamily : IFamily
{
    private static readonly WinogradTile[] Tiles = [WinogradTile.F4, WinogradTile.F2];

    public IEnumerable<Candidate> Match(Node node, Core core)
    {
        if (node.Op is not Conv2D || PortableCall.Of(node, "conv_2d_s8") is not { } call)
        {
            return [];
        }

        return
            from tile in Tiles
            let winograd = WinogradNode.Of(call, tile)
            where winograd is not null
            from input in new[] { Layout.RowMajor, Layout.Msi }
            from shape in winograd.Shapes(input)
            select new Candidate(
                "winograd",
                [input, .. node.Inputs.Skip(1).Select(_ => Layout.RowMajor)],
                [Layout.RowMajor],
                WinogradCost.Cycles(shape, core),
                relaid => [winograd.Call(relaid, shape, core)])
            {
                Variant = $"{tile.Name}, {shape.WeightsText}",
                Flash = shape.Expands ? 0 : (long)shape.Blocks * shape.BlockBytes,
                Lines = WinogradCost.Lines(shape),
                Scratch = shape.Scratch,
                StoresOverInput = shape.KeepsRows && winograd.FitsOverInput,
            };
    }
}
