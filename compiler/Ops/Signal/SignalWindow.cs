// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops.Signal;

/// <summary>output = (x * window) >> shift, cut to int16: SignalWindow. The formulas of all Signal ops are in <c>kernels/signal/ti_signal.h</c>.</summary>
internal sealed record SignalWindow(int Shift) : Op
{
    public override string Name => "signal_window";

    public static void Import(ImportContext context) =>
        context.Add(new SignalWindow(context.CustomOptions().Int("shift")), [context.Input(0), context.Input(1)], [context.Output(0)]);

    protected override string Attributes => $"shift={Shift}";

    public override void Check(Node node)
    {
        var (input, window) = (node.Inputs[0], node.Inputs[1]);
        Require.Types(node, ElementType.S16, input, window, node.Output);
        Require.Filled(node, input, window);
        Require.SameCount(node, input, node.Output);
        Require.That(Shift is >= 0 and <= 31, node, $"shift {Shift}", "0..31");
        Require.That(input.Shape.Count % window.Shape.Count == 0, node, $"a window {window.Shape} for an input {input.Shape}", "rows as long as the window");
    }

    public override bool CanOverwrite(Node node, int input) => input == 0;

    public override IReadOnlyList<KernelCall> Lower(Node node) =>
    [
        new KernelCall(
            "signal_window",
            [("rows", node.Output.Shape.Count / node.Inputs[1].Shape.Count), ("size", node.Inputs[1].Shape.Count), ("shift", Shift)],
            [node.Inputs[0], node.Inputs[1]],
            [node.Output]),
    ];
}
