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
    private const double Near = 1.002;

    public IEnumerable<Candidate> Match(Node node, Core core)
    {
        ConvolutionNode?[] ways =
        [
            NarrowInput.Of(node) is { } call ? ConvolutionNode.Of(node, call) : null,
            NarrowInput.Windows(node) is { } windows ? ConvolutionNode.Of(node, windows.Call, windows) : null,
        ];
        return
            from convolution in ways.OfType<ConvolutionNode>()
            let worth = convolution.Shapes(Layout.RowMajor, Layout.RowMajor).GroupBy(shape => shape.Expands).SelectMany(Worth).Select(shape => (shape.Expands, shape.Strips)).ToHashSet()
            from input in Layouts(node.Input)
            from output in IsOneImage(node) ? [.. Layouts(node.Output), Layout.Planar] : Layouts(node.Output)
            where convolution.Accepts(input)
            from shape in convolution.Shapes(input, output)
            where worth.Contains((shape.Expands, shape.Strips))
            select new Candidate(
                "convolution",
                [input, .. node.Inputs.Skip(1).Select(_ => Layout.RowMajor)],
                [output],
                ConvolutionCost.Cycles(shape, core),
                relaid => [convolution.Call(relaid, shape, core)])
            {
                Variant = $"{(shape.Windows is null ? "direct" : "windows gathered")}{(shape.Strips == 1 ? "" : $", {shape.Strips} strips")}{(shape.Expands ? "" : ", weights expanded by the compiler")}",
                Flash = convolution.Flash(shape),
                Lines = ConvolutionCost.Lines(shape),
                Scratch = shape.Scratch,
            };
    }

    // The fastest, or what comes near it with least scratch; then the same of those with less scratch, and so on. Cores share ways, so they see the same.
    private static IEnumerable<ConvolutionShape> Worth(IEnumerable<ConvolutionShape> shapes)
    {
        (ConvolutionShape Shape, long Cycles)[] rest = [.. shapes.Select(shape => (shape, ConvolutionCost.Cycles(shape, Core.CortexM4))).OrderBy(pair => pair.Item2)];
        while (rest.Length > 0)
        {
            var chosen = rest.TakeWhile(pair => pair.Cycles <= Near * rest[0].Cycles).MinBy(pair => pair.Shape.Scratch).Shape;
            yield return chosen;
            rest = [.. rest.Where(pair => pair.Shape.Scratch < chosen.Scratch)];
        }
    }

    private static bool IsOneImage(Node node) => node.Op is Conv2D && node.Output.Shape[0] == 1;

    private static IEnumerable<Layout> Layouts(Value value) => value.Shape[-1] % 2 == 0 ? [Layout.RowMajor, Layout.Msi] : [Layout.RowMajor];
}
