// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>output[r, c] = exp(beta * input[r, c]) / sum over j of exp(beta * input[r, j]); rows run along the last dimension.</summary>
internal sealed record Softmax(float Beta) : Op
{
    /// <summary>TI_SOFTMAX_DEPTH of the kernel: with more, its sum can overflow.</summary>
    private const int MaxDepth = 4095;

    public override string Name => "softmax";

    public static void Import(ImportContext context) =>
        context.Add(new Softmax(context.Options<SoftmaxOptions>().Beta), [context.Input(0)], [context.Output(0)]);

    public override void Check(Node node)
    {
        var (input, output) = (node.Input, node.Output);

        Require.OneOf(node, input, ElementType.S8, ElementType.S16, ElementType.F32);
        Require.OneOf(node, output, input.Type == ElementType.S8 ? [ElementType.S8, ElementType.S16] : [input.Type]);
        if (input.Type != ElementType.F32)
        {
            Require.PerTensor(node, input, output);
        }

        Require.Filled(node, input);
        Require.That(
            input.Shape.Rank >= 1 && input.Shape.Equals(output.Shape), node, $"input {input.Shape} and output {output.Shape}", "equal shapes of at least one dimension");
        if (input.Type == ElementType.F32)
        {
            return;
        }

        if (input.Type == ElementType.S16)
        {
            CheckInt16(node);
            return;
        }

        Require.That(input.Shape[-1] <= MaxDepth, node, $"{input.Shape[-1]} classes", $"at most {MaxDepth}");

        var (scale, zeroPoint) = output.Type == ElementType.S8 ? (1f / 256, -128) : (1f / 65536, -32768);
        Require.That(
            Math.Abs(output.Quantization!.Scale - scale) <= (output.Type == ElementType.S8 ? 0 : scale * 0.001f) && output.Quantization.ZeroPoint == zeroPoint,
            node,
            $"an output of scale {output.Quantization.Scale} and zero point {output.Quantization.ZeroPoint}",
            $"scale {scale}, zero point {zeroPoint}");
        Require.That(SoftmaxTable.Multiplier(input.Quantization!.Scale, Beta) > 1, node, $"beta {Beta} with input scale {input.Quantization.Scale}", "a product above 2^-26");
    }

    /// <summary>The kernel reads a row before it writes there, and then element by element.</summary>
    public override bool CanOverwrite(Node node, int input) => node.Output.Type == node.Input.Type;

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var depth = node.Input.Shape[-1];
        if (node.Input.Type == ElementType.F32)
        {
            return [new KernelCall("softmax_f32", [("rows", node.Input.Shape.Count / depth), ("depth", depth), ("beta", Beta)], [node.Input], [node.Output])];
        }

        if (node.Input.Type == ElementType.S16)
        {
            return [OfInt16(node, depth)];
        }

        var table = SoftmaxTable.Of(node.Input.Quantization!.Scale, Beta);

        return
        [
            new KernelCall(
                node.Output.Type == ElementType.S8 ? "softmax_s8" : "softmax_s8_s16",
                [("rows", node.Input.Shape.Count / depth), ("depth", depth), ("table_size", table.Length)],
                [node.Input, ConstantOperand.Of("exp", table)],
                [node.Output]),
        ];
    }

    private static void CheckInt16(Node node)
    {
        const int MostClasses = ushort.MaxValue;
        const float OutputScale = 1f / 32768;

        Require.Symmetric(node, node.Input, node.Output);
        Require.That(node.Input.Shape[-1] <= MostClasses, node, $"{node.Input.Shape[-1]} classes", $"at most {MostClasses}");
        Require.That(
            Math.Abs(node.Output.Quantization!.Scale - OutputScale) <= OutputScale * 0.001f, node, $"an output of scale {node.Output.Quantization.Scale}", "1/32768");
    }

    /// <summary>Differences are scaled so that all of 16 bits are ten, and exp of ten below is taken for nothing.</summary>
    private KernelCall OfInt16(Node node, int depth)
    {
        const float Range = ushort.MaxValue;
        var (multiplier, shift) = Requantization.Of((double)node.Input.Quantization!.Scale * Beta / (10.0 / 65535.0));
        var output = new Quantization(2 / Range, 0);

        return new KernelCall(
            "softmax_s16",
            [("rows", node.Input.Shape.Count / depth), ("depth", depth), ("multiplier", multiplier), ("shift", shift)],
            [
                node.Input,
                Table16.Of("exp", new Quantization(10 / Range, short.MaxValue), output, x => (float)Math.Exp(x)),
                Table16.Of("reciprocal", new Quantization(1 / Range, short.MinValue), output, x => 1 / (1 + x)),
            ],
            [node.Output]);
    }
}
