// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Winograd;

/// <summary>CONV_2D 3x3 of stride 1 on images of at least 4x4 outputs, any padding, input channels a multiple of 4. Costs eight times the
/// flash, or cycles to transform weights on the device.</summary>
internal sealed class WinogradFamily : IFamily
{
    public IEnumerable<Candidate> Match(Node node, Core core)
    {
        if (node.Op is not Conv2D || PortableCall.Of(node, "conv_2d_s8") is not { } call || WinogradNode.Of(call) is not { } winograd)
        {
            return [];
        }

        return
            from input in new[] { Layout.RowMajor, Layout.Msi }
            from passRows in winograd.CanExpand ? winograd.PassRows().Prepend(0) : [0]
            let shape = winograd.Shape(input, expands: passRows > 0, Math.Max(1, passRows))
            select new Candidate(
                "winograd",
                [input, .. node.Inputs.Skip(1).Select(_ => Layout.RowMajor)],
                [Layout.RowMajor],
                WinogradCost.Cycles(shape, core),
                relaid => [winograd.Call(relaid, shape, core)])
            {
                Variant = $"F(4x4, 3x3), {shape.WeightsText}",
                Flash = shape.Expands ? 0 : (long)shape.Blocks * shape.BlockBytes,
                Scratch = shape.Scratch,
                StoresOverInput = shape.KeepsRows && winograd.FitsOverInput,
            };
    }
}
