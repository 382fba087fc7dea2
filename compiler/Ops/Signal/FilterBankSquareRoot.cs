// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops.Signal;

/// <summary>The square root of each element, shifted down by what FftAutoScale shifted up: SignalFilterBankSquareRoot.</summary>
internal sealed record FilterBankSquareRoot : Op
{
    public override string Name => "signal_filter_bank_square_root";

    public static void Import(ImportContext context) => context.Add(new FilterBankSquareRoot(), [context.Input(0), context.Input(1)], [context.Output(0)]);

    public override void Check(Node node)
    {
        var (input, bits) = (node.Inputs[0], node.Inputs[1]);
        Require.Types(node, ElementType.U64, input);
        Require.Types(node, ElementType.S32, bits);
        Require.Types(node, ElementType.U32, node.Output);
        Require.Filled(node, input);
        Require.SameCount(node, input, node.Output);
        Require.That(bits.Shape.Count == 1, node, $"scale bits of shape {bits.Shape}", "one number");
    }

    public override IReadOnlyList<KernelCall> Lower(Node node) =>
        [new KernelCall("signal_filter_bank_square_root", [("count", node.Output.Shape.Count)], [node.Inputs[0], node.Inputs[1]], [node.Output])];
}
