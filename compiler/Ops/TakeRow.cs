// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// One of the rows that input 0 consists of; input 1 says which at run time. No operator of TensorFlow Lite: a loop over a sequence begins its turns
/// with it, as it ends them with <see cref="PutRow"/>.
/// </summary>
internal sealed record TakeRow : Op
{
    public override string Name => "take_row";

    public override void Check(Node node)
    {
        Require.Types(node, ElementType.S32, node.Inputs[1]);
        Require.Types(node, node.Input.Type, node.Output);
        Require.Filled(node, node.Input, node.Output);
        Require.That(
            node.Inputs[1].Shape.Count == 1 && node.Input.Shape.Count % node.Output.Shape.Count == 0,
            node,
            $"row {node.Output.Shape} at {node.Inputs[1].Shape} of {node.Input.Shape}",
            "whole rows");
    }

    public override IReadOnlyList<KernelCall> Lower(Node node) =>
    [
        new KernelCall(
            "gather",
            [("batch", 1), ("outer", 1), ("axis", node.Input.Shape.Count / node.Output.Shape.Count), ("count", 1), ("item", node.Output.ByteSize)],
            [.. node.Inputs],
            [node.Output]),
    ];
}
