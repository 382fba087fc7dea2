// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops.Signal;

/// <summary>The row shifted up as far as its largest element allows, and by how many bits: SignalFftAutoScale.</summary>
internal sealed record FftAutoScale : Op
{
    public override string Name => "signal_fft_auto_scale";

    public static void Import(ImportContext context) => context.Add(new FftAutoScale(), [context.Input(0)], [context.Output(0), context.Output(1)]);

    public override void Check(Node node)
    {
        var (input, output, bits) = (node.Input, node.Outputs[0], node.Outputs[1]);
        Require.Types(node, ElementType.S16, input, output);
        Require.Types(node, ElementType.S32, bits);
        Require.Filled(node, input);
        Require.SameCount(node, input, output);
        Require.That(bits.Shape.Count == 1, node, $"scale bits of shape {bits.Shape}", "one number");
    }

    public override bool CanOverwrite(Node node, int input) => true;

    public override IReadOnlyList<KernelCall> Lower(Node node) =>
        [new KernelCall("signal_fft_auto_scale", [("count", node.Input.Shape.Count)], [node.Input], [node.Outputs[0], node.Outputs[1]])];
}
