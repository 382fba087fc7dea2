// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops.Control;

/// <summary>
/// <paramref name="Body"/> on its own outputs for as long as <paramref name="Condition"/> of the same values is true; the first time, and where it is
/// false from the start, they are the inputs. As TFLite Micro's while.cc: bytes are handed over as they are. Planning takes it apart
/// (<see cref="Planning.Linear"/>).
/// </summary>
internal sealed record While(Graph Condition, Graph Body) : ControlOp
{
    public override string Name => "while";

    public override IReadOnlyList<Graph> Graphs => [Condition, Body];

    public static void Import(ImportContext context)
    {
        var options = context.Options<WhileOptions>();
        var call = SubgraphCall.OfLoop(
            context.Origin,
            context.Variables,
            context.Inputs,
            context.Outputs,
            context.Nested(options.ConditionSubgraph, context.Inputs),
            context.Nested(options.BodySubgraph, context.Inputs));
        context.Add(new While(call.Graphs[0], call.Graphs[1]), call.Inputs, call.Outputs);
    }

    public override void Check(Node node)
    {
        CheckSame(node, "inputs", Condition.Inputs, node.Inputs);
        CheckSame(node, "inputs", Body.Inputs, node.Inputs);
        CheckSame(node, "outputs", Body.Outputs, node.Inputs);
        CheckSame(node, "outputs", node.Inputs, node.Outputs);
        Require.That(Condition.Outputs.Count == 1, node, $"a condition of {Condition.Outputs.Count} values", "one");
        CheckCondition(node, Condition.Outputs[0]);
    }

    /// <summary>Of one turn: how many there are is known when it runs.</summary>
    public override long Macs(Node node) => Graphs.Sum(graph => graph.Macs());
}
