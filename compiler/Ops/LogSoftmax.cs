// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>output[r, c] = log(softmax(input)[r, c]); rows run along the last dimension.</summary>
internal sealed record LogSoftmax : Op
{
    /// <summary>TI_SOFTMAX_DEPTH of the kernel: with more, its sum can overflow.</summary>
    private const int MaxDepth = 4095;

    private const float OutputScale = 16f / 256;
    private const int OutputZeroPoint = 127;

    public override string Name => "log_softmax";

    public static void Import(ImportContext context) => context.Add(new LogSoftmax(), [context.Input(0)], [context.Output(0)]);

    public override void Check(Node node)
    {
        var (input, output) = (node.Input, node.Output);
        Require.OneOf(node, input, ElementType.F32, ElementType.S8);
        Require.Types(node, input.Type, output);
        Require.Filled(node, input);
        Require.That(
            input.Shape.Rank >= 1 && input.Shape.Equals(output.Shape), node, $"input {input.Shape} and output {output.Shape}", "equal shapes of at least one dimension");
        if (input.Type == ElementType.F32)
        {
            return;
        }

        Require.PerTensor(node, input, output);
        Require.That(input.Shape[-1] <= MaxDepth, node, $"{input.Shape[-1]} classes", $"at most {MaxDepth}");
        Require.That(
            output.Quantization!.Scale == OutputScale && output.Quantization.ZeroPoint == OutputZeroPoint,
            node,
            $"an output of scale {output.Quantization.Scale} and zero point {output.Quantization.ZeroPoint}",
            $"scale {OutputScale}, zero point {OutputZeroPoint}");
        Require.That(SoftmaxTable.Multiplier(input.Quantization!.Scale, 1) > 1, node, $"input scale {input.Quantization.Scale}", "a scale above 2^-26");
    }

    /// <summary>The kernel reads a row before it writes there, and then element by element.</summary>
    public override bool CanOverwrite(Node node, int input) => true;

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var depth = node.Input.Shape[-1];
        Field[] shape = [("rows", node.Input.Shape.Count / depth), ("depth", depth)];
        if (node.Input.Type == ElementType.F32)
        {
            return [new KernelCall("log_softmax_f32", shape, [node.Input], [node.Output])];
        }

        var scale = node.Input.Quantization!.Scale;
        var exp = SoftmaxTable.Of(scale, 1);
        var (multiplier, shift) = Requantization.Of(SoftmaxTable.Multiplier(scale, 1));
        var back = Requantization.Of((1L << (31 - shift)) / (double)multiplier);
        return
        [
            new KernelCall(
                "log_softmax_s8",
                [
                    .. shape,
                    ("table_size", exp.Length),
                    ("multiplier", multiplier),
                    ("shift", shift),
                    ("furthest", SoftmaxTable.Radius(shift)),
                    ("back_multiplier", back.Multiplier),
                    ("back_shift", back.Shift),
                ],
                [node.Input, ConstantOperand.Of("exp", exp)],
                [node.Output]),
        ];
    }
}
