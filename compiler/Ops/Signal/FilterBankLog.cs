// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops.Signal;

/// <summary>output = min(scale * ln(x &lt;&lt; bits), 32767): SignalFilterBankLog.</summary>
internal sealed record FilterBankLog(int Scale, int CorrectionBits) : Op
{
    private const int Segments = 128;

    public override string Name => "signal_filter_bank_log";

    public static void Import(ImportContext context)
    {
        var options = context.CustomOptions();
        context.Add(new FilterBankLog(options.Int("output_scale"), options.Int("input_correction_bits")), [context.Input(0)], [context.Output(0)]);
    }

    protected override string Attributes => $"{Scale},bits={CorrectionBits}";

    public override void Check(Node node)
    {
        Require.Types(node, ElementType.U32, node.Input);
        Require.Types(node, ElementType.S16, node.Output);
        Require.Filled(node, node.Input);
        Require.SameCount(node, node.Input, node.Output);
        Require.That(CorrectionBits is >= 0 and <= 31, node, $"{CorrectionBits} correction bits", "0..31");
    }

    // What the straight line between powers of two lacks of the logarithm.
    public override IReadOnlyList<KernelCall> Lower(Node node) =>
    [
        new KernelCall(
            "signal_filter_bank_log",
            [("count", node.Output.Shape.Count), ("scale", Scale), ("correction_bits", CorrectionBits)],
            [
                node.Input,
                ConstantOperand.OfShorts(
                    "log2",
                    [.. Enumerable.Range(0, Segments + 1).Select(k => (double)k / Segments).Select(x => (short)Math.Floor(0.5 + (65536 * (Math.Log2(1 + x) - x))))]),
            ],
            [node.Output]),
    ];
}
