// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>A SLICE whose bounds, inputs 1 and 2, are computed: its shape is known only when it runs. It is there to be recognised as a part of something else.</summary>
internal sealed record SliceAtRunTime : Op
{
    public override string Name => "slice_at_run_time";

    public override void Check(Node node)
    {
        var bounds = node.Inputs[1].IsConstant ? ("size", node.Inputs[2]) : ("begin", node.Inputs[1]);
        throw node.Refuse($"{bounds.Item1} {Quoted.Name(bounds.Item2.Name)} is computed at run time", "a constant of int32 or int64, or a loop's list of which each turn writes a row");
    }

    public override IReadOnlyList<KernelCall> Lower(Node node) => throw new InvalidOperationException("refused by Check");
}
