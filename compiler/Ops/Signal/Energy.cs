// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops.Signal;

/// <summary>The squared magnitude of each bin from Start to End: SignalEnergy.</summary>
internal sealed record Energy(int Start, int End) : Op
{
    public override string Name => "signal_energy";

    public static void Import(ImportContext context)
    {
        var options = context.CustomOptions();
        context.Add(new Energy(options.Int("start_index"), options.Int("end_index")), [context.Input(0)], [context.Output(0)]);
    }

    protected override string Attributes => $"{Start}..{End}";

    public override void Check(Node node)
    {
        Require.Types(node, ElementType.S16, node.Input);
        Require.Types(node, ElementType.U32, node.Output);
        Require.Filled(node, node.Output);
        Require.That(
            node.Input.Shape.Count == 2L * node.Output.Shape.Count, node, $"input {node.Input.Shape} and output {node.Output.Shape}", "two inputs for each output");
        Require.That(Start >= 0 && End <= node.Output.Shape.Count, node, $"bins {Start}..{End}", $"0..{node.Output.Shape.Count}");
    }

    public override IReadOnlyList<KernelCall> Lower(Node node) =>
        [new KernelCall("signal_energy", [("count", node.Output.Shape.Count), ("start", Start), ("end", End)], [node.Input], [node.Output])];
}
