// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Depthwise;

/// <summary>DEPTHWISE_CONV_2D of any filter, stride, dilation and padding, channel by channel in a plane.</summary>
internal sealed class DepthwiseFamily : IFamily
{
    public IEnumerable<Candidate> Match(Node node, Core core)
    {
        if (node.Op is not DepthwiseConv2D || PortableCall.Of(node, "depthwise_conv_2d_s8") is not { } call || DepthwiseNode.Of(call) is not { } depthwise)
        {
            return [];
        }

        Layout[] layouts = node.Input.Shape[3] % 2 == 0 && call["depth_multiplier"] == 1 ? [Layout.RowMajor, Layout.Msi] : [Layout.RowMajor];
        return
            from input in layouts.Append(Layout.Planar)
            from output in layouts
            let shape = depthwise.Shape(input, output)
            where !shape.IsPlanar || shape.CanBePlanar
            select new Candidate(
                "depthwise",
                [input, .. node.Inputs.Skip(1).Select(_ => Layout.RowMajor)],
                [output],
                DepthwiseCost.Cycles(shape, core),
                relaid => [depthwise.Call(relaid, shape, core)])
            {
                Scratch = shape.Scratch,
                Lines = DepthwiseCost.Lines(shape, core),
                Variant = shape.IsPlanar ? "planes read in place" : "",
                StoresOverInput = shape.Multiplier == 1 && !shape.IsPlanar,
            };
    }
}
