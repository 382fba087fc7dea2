// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops.Signal;

/// <summary>Automatic gain control: each channel times a gain that its noise decides: SignalPCAN. Inputs: channels, noise, table of gains.</summary>
internal sealed record Pcan(int SnrShift) : Op
{
    private const int Entries = 125;

    public override string Name => "signal_pcan";

    public static void Import(ImportContext context) => context.Add(
        new Pcan(context.CustomOptions().Int("snr_shift")), [context.Input(0), context.Input(1), context.Input(2)], [context.Output(0)]);

    protected override string Attributes => $"shift={SnrShift}";

    public override void Check(Node node)
    {
        var (input, noise, gains) = (node.Inputs[0], node.Inputs[1], node.Inputs[2]);
        Require.Types(node, ElementType.U32, input, noise, node.Output);
        Require.Types(node, ElementType.S16, gains);
        Require.Filled(node, input);
        Require.SameCount(node, input, node.Output);
        Require.SameCount(node, input, noise);
        Require.That(gains.Shape.Count >= Entries, node, $"a table of {gains.Shape.Count} gains", $"{Entries}");
        Require.That(SnrShift is >= 0 and <= 63, node, $"a shift of {SnrShift}", "0..63");
    }

    public override bool CanOverwrite(Node node, int input) => input == 0;

    public override IReadOnlyList<KernelCall> Lower(Node node) =>
    [
        new KernelCall(
            "signal_pcan", [("count", node.Output.Shape.Count), ("snr_shift", SnrShift)], [node.Inputs[0], node.Inputs[1], node.Inputs[2]], [node.Output]),
    ];
}
