// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Movement;

/// <summary>
/// Ops that move elements in strides, of any type: slices, concatenations, transpositions. Where elements keep their places in pairs,
/// tensors with mixed signs are moved as they are.
/// </summary>
internal sealed class CopyFamily : IFamily
{
    public IEnumerable<Candidate> Match(Node node, Core core)
    {
        if (node.Op is not MoveOp || node.PortableCalls is not [_, ..] calls || !calls.All(IsStrided))
        {
            return [];
        }

        CopyShape[] shapes = [.. calls.Select(CopyShape.Of)];
        var keepsPairs = node.Inputs.Concat(node.Outputs).All(value => value is { Type: ElementType.S8, IsConstant: false, Shape.Rank: > 0 } && value.Shape[-1] % 2 == 0) && shapes.All(shape => shape.KeepsPairs);
        Layout[] layouts = keepsPairs ? [Layout.RowMajor, Layout.Msi] : [Layout.RowMajor];
        return layouts.Select(layout => new Candidate(
            "copy",
            [.. node.Inputs.Select(_ => layout)],
            [.. node.Outputs.Select(_ => layout)],
            shapes.Sum(shape => shape.Cycles(core)),
            relaid => [.. relaid.PortableCalls.Select(Call)]));
    }

    private static bool IsStrided(KernelCall call) =>
        call.Kernel == "copy_nd" && call.Inputs.Concat(call.Outputs).All(operand => operand is not ValueOperand { ByteOffset: not 0 });

    private static KernelCall Call(KernelCall portable) =>
        new("copy", [], portable.Inputs, portable.Outputs) { Routine = CopyRoutine.Of(CopyShape.Of(portable)) };
}
