// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops.Control;

/// <summary>
/// One of two graphs on the inputs after the first, which says by being true that it is <paramref name="Then"/>. As TFLite Micro's if.cc: bytes are
/// handed over as they are, whatever the quantization on both sides. Planning takes it apart (<see cref="Planning.Linear"/>).
/// </summary>
internal sealed record If(Graph Then, Graph Else) : ControlOp
{
    public override string Name => "if";

    public override IReadOnlyList<Graph> Graphs => [Then, Else];

    public static void Import(ImportContext context)
    {
        var options = context.Options<IfOptions>();
        Value[] operands = [.. context.Inputs.Skip(1)];
        var call = SubgraphCall.OfChoice(
            context.Origin, context.Variables, operands, context.Outputs, [context.Nested(options.ThenSubgraph, operands), context.Nested(options.ElseSubgraph, operands)]);
        context.Add(new If(call.Graphs[0], call.Graphs[1]), [context.Input(0), .. call.Inputs], call.Outputs);
    }

    public override void Check(Node node)
    {
        CheckCondition(node, node.Input);
        foreach (var graph in Graphs)
        {
            CheckSame(node, "inputs", graph.Inputs, [.. node.Inputs.Skip(1)]);
            CheckSame(node, "outputs", graph.Outputs, node.Outputs);
        }
    }

    /// <summary>The heavier of both.</summary>
    public override long Macs(Node node) => Graphs.Max(graph => graph.Macs());
}
