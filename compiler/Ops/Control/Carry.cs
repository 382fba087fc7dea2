// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops.Control;

/// <summary>The bytes of a value under another name, which the planner does without a copy where it can.</summary>
internal sealed record Carry : Op
{
    public override string Name => "carry";

    public override void Check(Node node) => Require.That(
        node.Input.ByteSize == node.Output.ByteSize && node.Input.ByteSize > 0,
        node,
        $"{node.Input.Type.DisplayName()} {node.Input.Shape} is empty",
        "at least one element");

    public override int? ViewOffset(Node node, int output) => 0;

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var size = node.Output.ByteSize;
        return [StridedCopy.Of([size], 0, [1], 0, [1]).Call(node.Input, node.Output, elementSize: 1)];
    }
}
