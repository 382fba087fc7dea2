// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Convolution;

/// <summary>
/// CONV_2D without dilation and groups, 1x1 and larger, directly: two pixels by four channels at a time on raw words of input. Serves every
/// stride, padding and number of channels with runs of at least four bytes; FULLY_CONNECTED of several rows too.
/// </summary>
internal sealed class ConvolutionFamily : IFamily
{
    public IEnumerable<Candidate> Match(Node node, Core core)
    {
        ConvolutionNode?[] ways =
        [
            NarrowInput.Of(node) is { } call ? ConvolutionNode.Of(node, call) : null,
            NarrowInput.Windows(node) is { } windows ? ConvolutionNode.Of(node, windows.Call, windows) : null,
        ];
        return
            from convolution in ways.OfType<ConvolutionNode>()
            from input in Layouts(node.Input)
            from output in IsOneImage(node) ? [.. Layouts(node.Output), Layout.Planar] : Layouts(node.Output)
            where convolution.Accepts(input)
            let shapes = convolution.Shapes(input, output).ToArray()
            from shape in shapes
            select new Candidate(
                "convolution",
                [input, .. node.Inputs.Skip(1).Select(_ => Layout.RowMajor)],
                [output],
                ConvolutionCost.Cycles(shape, core),
                relaid => [convolution.Call(relaid, shape, core)])
            {
                Variant = $"direct{(shape.Strips == shapes[0].Strips ? "" : $", {shape.Strips} strips")}{(shape.Expands ? "" : ", weights expanded by the compiler")}",
                Flash = shape.Expands ? 0 : (long)shape.Blocks * shape.BlockBytes,
                Lines = ConvolutionCost.Lines(shape),
                Scratch = shape.Scratch,
            };
    }

    private static bool IsOneImage(Node node) => node.Op is Conv2D && node.Output.Shape[0] == 1;

    private static IEnumerable<Layout> Layouts(Value value) => value.Shape[-1] % 2 == 0 ? [Layout.RowMajor, Layout.Msi] : [Layout.RowMajor];
}
