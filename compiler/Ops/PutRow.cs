// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// Input 0, but for one of the rows that it consists of: input 1 says at run time which, input 2 is what is there. No operator of TensorFlow Lite;
/// <see cref="Passes.KeepList"/> finds it.
/// </summary>
internal sealed record PutRow : Op
{
    public override string Name => "put_row";

    public override void Check(Node node)
    {
        var (list, index, row) = (node.Inputs[0], node.Inputs[1], node.Inputs[2]);
        Require.Types(node, ElementType.S32, index);
        Require.Types(node, list.Type, row, node.Output);
        Require.Filled(node, list, row);
        Require.SameCount(node, list, node.Output);
        Require.That(
            index.Shape.Count == 1 && list.Shape.Count % row.Shape.Count == 0,
            node,
            $"row {row.Shape} at {index.Shape} of list {list.Shape}",
            "whole rows");
    }

    public override bool CanOverwrite(Node node, int input) => input == 0;

    public override IReadOnlyList<KernelCall> Lower(Node node) =>
    [
        new KernelCall(
            "put_row", [("rows", node.Input.Shape.Count / node.Inputs[2].Shape.Count), ("row", node.Inputs[2].ByteSize)], [.. node.Inputs], [node.Output]),
    ];
}
