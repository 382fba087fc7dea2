// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops.Lce;

/// <summary>Packed bits as the numbers +1 and -1, quantized where the output is int8: LceDequantize.</summary>
internal sealed record LceDequantize : Op
{
    // One over the scale is an int32.
    private const float SmallestScale = 1e-9f;

    public override string Name => "lce_dequantize";

    public static void Import(ImportContext context) => context.Add(new LceDequantize(), [context.Input(0)], [context.Output(0)]);

    public override void Check(Node node)
    {
        Require.OneOf(node, node.Output, ElementType.S8, ElementType.Bool, ElementType.F32);
        if (node.Output.Type == ElementType.S8)
        {
            Require.PerTensor(node, node.Output);
            var scale = node.Output.Quantization!.Scale;
            Require.That(scale >= SmallestScale, node, $"scale {scale} of {Quoted.Name(node.Output.Name)}", $"{SmallestScale} and more");
        }

        Bits.Check(node, node.Output, node.Input);
    }

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var (zero, one) = Elements(node.Output);
        return
        [
            new KernelCall(
                "lce_dequantize",
                [
                    ("rows", node.Output.Shape.Count / node.Output.Shape[-1]),
                    ("channels", node.Output.Shape[-1]),
                    ("type", (int)node.Output.Type),
                    ("zero", zero),
                    ("one", one),
                ],
                [node.Input],
                [node.Output]),
        ];
    }

    /// <summary>What a bit of 0 and of 1 becomes.</summary>
    private static (int Zero, int One) Elements(Value output)
    {
        if (output.Type == ElementType.F32)
        {
            return (BitConverter.SingleToInt32Bits(1), BitConverter.SingleToInt32Bits(-1));
        }

        if (output.Type == ElementType.Bool)
        {
            return (1, 0);
        }

        var offset = (long)MathF.Round(1 / output.Quantization!.Scale, MidpointRounding.AwayFromZero);
        return ((int)Math.Min(sbyte.MaxValue, output.Quantization.ZeroPoint + offset), (int)Math.Max(sbyte.MinValue, output.Quantization.ZeroPoint - offset));
    }
}
