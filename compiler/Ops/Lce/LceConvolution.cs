// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops.Lce;

/// <summary>
/// A convolution of numbers of +-1, packed as bits: LceBconv2d. The output is bits (count &gt; threshold), or float or int8:
/// activation(sum) * multiplier + bias. <c>kernels/lce/ti_lce.h</c> has the arithmetic.
/// </summary>
/// <param name="Channels">Of the input, not packed.</param>
/// <param name="PadsWithOne">A tap outside the input reads +1, else 0.</param>
internal sealed record LceConvolution(
    int Channels, Padding Padding, bool PadsWithOne, (int Height, int Width) Stride, (int Height, int Width) Dilation, Activation Activation) : Op
{
    public override string Name => "lce_bconv_2d";

    public static void Import(ImportContext context)
    {
        var options = context.CustomOptions();
        var pad = options.Int("pad_values");
        if (pad is not (0 or 1))
        {
            throw context.Origin.Refuse($"pad_values {pad}", "0, 1");
        }

        var op = new LceConvolution(
            options.Int("channels_in"),
            PaddingOf(options, context.Origin),
            pad == 1,
            (options.Int("stride_height"), options.Int("stride_width")),
            (options.Int("dilation_height_factor"), options.Int("dilation_width_factor")),
            context.Activation((ActivationFunction)options.Int("fused_activation_function")));

        Value[] constants = context.Output(0).Type == ElementType.S32 ? [context.Input(4)] : [context.Input(2), context.Input(3)];
        context.Add(op, [context.Input(0), context.Input(1), .. constants], [context.Output(0)]);
    }

    /// <summary>The option <c>padding</c>, a number of TensorFlow Lite's schema.</summary>
    public static Padding PaddingOf(FlexMap options, Origin origin) => options.Int("padding") switch
    {
        0 => Padding.SAME,
        1 => Padding.VALID,
        var other => throw origin.Refuse($"padding {other}", "0 (SAME), 1 (VALID)"),
    };

    protected override string Attributes =>
        $"{Channels},{Window.Text(Padding, Stride, Dilation, default, Activation)}{(Padding == Padding.SAME && PadsWithOne ? ",pad=1" : "")}";

    public override void Check(Node node)
    {
        var (input, weights, output) = (node.Inputs[0], node.Inputs[1], node.Output);

        Require.Types(node, ElementType.S32, input, weights);
        Require.OneOf(node, output, ElementType.S32, ElementType.S8, ElementType.F32);
        Require.Filled(node, input, weights, output);
        Require.Constant(node, [.. node.Inputs.Skip(1)]);
        Require.That(
            input.Shape.Rank == 4 && weights.Shape.Rank == 4 && output.Shape.Rank == 4,
            node,
            $"input {input.Shape}, weights {weights.Shape}, output {output.Shape}",
            "four dimensions each");

        var (words, filterWords, outDepth) = (input.Shape[3], weights.Shape[3], weights.Shape[0]);
        Require.That(
            Channels >= 1 && words == Bits.Words(Channels), node, $"channels_in {Channels} with input {input.Shape}", $"an input word for {Bits.PerWord} channels");
        Require.That(
            words % filterWords == 0 && outDepth % (words / filterWords) == 0 && (words == filterWords || Channels % Bits.PerWord == 0),
            node,
            $"{Channels} input channels, {filterWords} words of weights, {outDepth} outputs",
            $"whole groups: of {Bits.PerWord} channels or a multiple, outputs a multiple of the groups");
        Require.That(
            output.Shape[0] == input.Shape[0] && output.Shape[3] == (output.Type == ElementType.S32 ? Bits.Words(outDepth) : outDepth),
            node,
            $"input {input.Shape}, weights {weights.Shape} and {output.Type.DisplayName()} output {output.Shape} do not fit together",
            "input [b, h, w, words], weights [o, kh, kw, words], output [b, y, x, o], or packed as int32");
        Require.That(
            Padding == Padding.VALID || PadsWithOne || Channels % 2 == 0, node, $"padding with 0 of {Channels} input channels", "an even number");

        var (rows, columns) = Windows(node);
        rows.Check(node, "height");
        columns.Check(node, "width");
        Require.That(
            (long)rows.Filter * columns.Filter * filterWords <= int.MaxValue / (2 * Bits.PerWord), node, $"weights of shape {weights.Shape}", "sums of 30 bits");
        CheckOutput(node, outDepth);
    }

    /// <summary>Binary ones.</summary>
    public override long Macs(Node node) =>
        (long)node.Output.Shape[0] * node.Output.Shape[1] * node.Output.Shape[2] * node.Inputs[1].Shape[0] * Sums(node);

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var (input, weights) = (node.Inputs[0], node.Inputs[1]);
        var (rows, columns) = Windows(node);
        var shape = new FilterShape(input.Shape[0], rows, columns, input.Shape[3], weights.Shape[3], weights.Shape[0]);
        IReadOnlyList<Field> fields =
            [.. shape.Fields.Select(field => field with { Name = $"conv.{field.Name}" }), ("conv.outside", Outside(node))];
        var paired = ConstantOperand.Of("weights", Paired(weights));
        var scratch = rows.Filter * columns.Filter * weights.Shape[3] * sizeof(int);

        if (node.Output.Type == ElementType.S32)
        {
            return [new KernelCall("lce_bconv_2d_b1", fields, [input, paired, node.Inputs[2]], [node.Output], scratch)];
        }

        var transform = Transform(node);
        return
        [
            new KernelCall(
                node.Output.Type == ElementType.S8 ? "lce_bconv_2d_s8" : "lce_bconv_2d_f32",
                [.. fields, ("min", transform.Min), ("max", transform.Max)],
                [input, paired, ConstantOperand.OfFloats("multiplier", transform.Multiplier), ConstantOperand.OfFloats("bias", transform.Bias)],
                [node.Output],
                scratch),
        ];
    }

    public (Window Rows, Window Columns) Windows(Node node) =>
        Window.Of(node.Input, node.Output, (node.Inputs[1].Shape[1], node.Inputs[1].Shape[2]), Stride, Dilation, Padding);

    /// <summary>What a tap outside the input counts: half its channels, or -1: the bits of its weights.</summary>
    public int Outside(Node node) => Padding == Padding.VALID || PadsWithOne ? -1 : ChannelsOfGroup(node) / 2;

    /// <summary>How floats and int8 are made of the count of differing bits. Larq's: the back-transformation n - 2 * count goes into multiplier, bias and clamp.</summary>
    public BinaryTransform Transform(Node node)
    {
        var multiplier = node.Inputs[2].As<float>();
        var bias = node.Inputs[3].As<float>();
        var sums = Sums(node);
        var (scale, zeroPoint) = node.Output.Type == ElementType.S8 ? ((double)node.Output.Quantization!.Scale, node.Output.Quantization.ZeroPoint) : (1.0, 0);
        var (multipliers, biases) = (new float[multiplier.Length], new float[multiplier.Length]);
        for (var o = 0; o < multiplier.Length; o++)
        {
            multipliers[o] = (float)(-1 * (double)multiplier[o] / scale);
            biases[o] = (float)(((bias[o] + ((double)sums * multiplier[o])) / scale) + zeroPoint);
        }

        var (low, high) = Activation switch
        {
            Activation.Relu => (0, sums),
            Activation.ReluN1To1 => (-1, Math.Min(1, sums)),
            Activation.Relu6 => (0, Math.Min(6, sums)),
            _ => (-sums, sums),
        };
        return new BinaryTransform(multipliers, biases, sums - high, sums - low);
    }

    // The order in which the kernel reads them: ti_lce.h.
    private static int[] Paired(Value weights)
    {
        var words = weights.As<int>().ToArray();
        var size = words.Length / weights.Shape[0];
        for (var channel = 0; channel < words.Length; channel += size)
        {
            for (var i = size - 1; i > 0; i -= 2)
            {
                words[channel + i] ^= words[channel + i - 1];
            }
        }

        return words;
    }

    private int ChannelsOfGroup(Node node) => Channels / (node.Inputs[0].Shape[3] / node.Inputs[1].Shape[3]);

    /// <summary>Products that an output sums.</summary>
    private int Sums(Node node) => node.Inputs[1].Shape[1] * node.Inputs[1].Shape[2] * ChannelsOfGroup(node);

    private void CheckOutput(Node node, int outDepth)
    {
        foreach (var constant in node.Inputs.Skip(2))
        {
            Require.Types(node, node.Output.Type == ElementType.S32 ? ElementType.S32 : ElementType.F32, constant);
            Require.That(constant.Shape.Count == outDepth, node, $"{Quoted.Name(constant.Name)} has shape {constant.Shape}", $"an element for each of {outDepth} outputs");
        }

        if (node.Output.Type == ElementType.S8)
        {
            Require.PerTensor(node, node.Output);
        }

        if (node.Output.Type != ElementType.S32)
        {
            var transform = Transform(node);
            Require.That(
                transform.Multiplier.All(float.IsFinite) && transform.Bias.All(float.IsFinite), node, "multipliers or biases that are not finite in the output's scale", "finite ones");
        }
    }
}

/// <summary>output = clamp(2 * count, Min, Max) * Multiplier + Bias, the last two of each channel.</summary>
internal sealed record BinaryTransform(float[] Multiplier, float[] Bias, int Min, int Max);
