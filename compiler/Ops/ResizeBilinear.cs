// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// Height and width changed to the output's; each position is a mean of up to four of the input. Nothing is rescaled. TFLite's integer kernel is for
/// int8: uint8 becomes float32, as its reference computes it, the mean rounded halves upwards.
/// </summary>
internal sealed record ResizeBilinear(bool AlignCorners, bool HalfPixelCenters) : Op
{
    /// <summary>Weights are 1 / 1024, as in TFLite's integer kernel.</summary>
    private const int One = 1 << 10;

    private const int Largest = 1 << 16;

    public override string Name => "resize_bilinear";

    protected override string Attributes => AlignCorners ? "align_corners" : HalfPixelCenters ? "half_pixel_centers" : "";

    public static void Import(ImportContext context)
    {
        var options = context.Options<ResizeBilinearOptions>();
        var op = new ResizeBilinear(options.AlignCorners, options.HalfPixelCenters);
        var (input, output) = (context.Input(0), context.Output(0));
        if (input.Type != ElementType.U8 || output.Type != ElementType.U8)
        {
            context.Add(op, [input], [output]);
            return;
        }

        var half = new Value($"{output.Name}/half", ElementType.F32, new Shape(1)) { Constant = BitConverter.GetBytes(0.5f) };
        Value[] real = [.. new[] { (input, "real"), (output, "real"), (output, "rounded") }.Select(twin => new Value($"{twin.Item1.Name}/{twin.Item2}", ElementType.F32, twin.Item1.Shape))];
        context.Add(new Cast(), [input], [real[0]]);
        context.Add(op, [real[0]], [real[1]]);
        context.Add(new Add(Activation.None), [real[1], half], [real[2]]);
        context.Add(new Cast(), [real[2]], [output]);
    }

    public override void Check(Node node)
    {
        var (input, output) = (node.Input.Shape, node.Output.Shape);
        Require.OneOf(node, node.Input, ElementType.S8, ElementType.F32);
        Require.Types(node, node.Input.Type, node.Output);
        Require.That(!AlignCorners || !HalfPixelCenters, node, "align_corners with half_pixel_centers", "one of them");
        Require.That(
            input.Rank == 4 && output.Rank == 4 && input[0] == output[0] && input[3] == output[3]
                && input.Dimensions.Concat(output.Dimensions).All(size => size is > 0 and <= Largest),
            node,
            $"input {input} and output {output}",
            $"four dimensions of at most {Largest}: batch, height, width, channels, of which only height and width differ");

        // The scale is rounded to 1/1024, so a far position of a very long row would lie behind the input's last.
        Require.That(
            node.Input.Type == ElementType.F32 || Pairs(input[1], output[1]).Concat(Pairs(input[2], output[2])).All(pair => pair.Inside),
            node,
            $"{input} to {output} leaves the input where the scale is rounded to 1/1024",
            "smaller factors");
    }

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var (input, output) = (node.Input.Shape, node.Output.Shape);
        var isFloat = node.Input.Type == ElementType.F32;
        return
        [
            new KernelCall(
                isFloat ? "resize_bilinear_f32" : "resize_bilinear_s8",
                [
                    ("batch", input[0]),
                    ("in_height", input[1]),
                    ("in_width", input[2]),
                    ("out_height", output[1]),
                    ("out_width", output[2]),
                    ("depth", input[3]),
                ],
                isFloat
                    ? [node.Input, RealTable("rows", input[1], output[1]), RealTable("columns", input[2], output[2])]
                    : [node.Input, Table("rows", input[1], output[1]), Table("columns", input[2], output[2])],
                [node.Output]),
        ];
    }

    private ConstantOperand Table(string name, int inputSize, int outputSize) =>
        ConstantOperand.Of(name, [.. Pairs(inputSize, outputSize).SelectMany(pair => new[] { pair.First, pair.Second, pair.Weight })]);

    /// <summary>TFLite's ComputeInterpolationValues for every position, in float.</summary>
    private ConstantOperand RealTable(string name, int inputSize, int outputSize)
    {
        var scale = AlignCorners && outputSize > 1 ? (float)(inputSize - 1) / (outputSize - 1) : (float)inputSize / outputSize;
        return ConstantOperand.Of(name, [.. Enumerable.Range(0, outputSize).SelectMany(at =>
        {
            var position = HalfPixelCenters ? ((at + 0.5f) * scale) - 0.5f : at * scale;
            var first = Math.Max((int)MathF.Floor(position), 0);
            return new[] { first, Math.Min((int)MathF.Ceiling(position), inputSize - 1), BitConverter.SingleToInt32Bits(position - first) };
        })]);
    }

    /// <summary>TFLite's ComputeInterpolationValuesInteger for every position; divisions drop the fraction.</summary>
    private IEnumerable<Pair> Pairs(int inputSize, int outputSize)
    {
        var corners = AlignCorners && outputSize > 1 ? 1 : 0;
        var scale = ((One * (inputSize - corners)) + ((outputSize - corners) / 2)) / (outputSize - corners);

        for (var at = 0; at < outputSize; at++)
        {
            var position = HalfPixelCenters ? ((long)at * scale) + (scale / 2) - (One / 2) : (long)at * scale;
            var first = Math.Max(position / One, 0);
            var second = Math.Min((position + One - 1) / One, inputSize - 1);
            yield return new Pair((int)first, (int)second, (int)(position - (first * One)), first < inputSize && second >= 0);
        }
    }

    private readonly record struct Pair(int First, int Second, int Weight, bool Inside);
}
