// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Elementwise;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Fusion;

/// <summary>An op of int8 that can be part of a fused one.</summary>
/// <param name="Operands">Its inputs, in the order of the step's operands, each with the elements after which it starts again, or null.</param>
/// <param name="Step">The step, given its operands.</param>
internal sealed record FusibleOp(IReadOnlyList<(Value Value, int? Period)> Operands, Func<IReadOnlyList<int>, FusedStep> Step)
{
    public static FusibleOp? Of(Node node)
    {
        if (node.Outputs.Count != 1 || node.Output.Type != ElementType.S8 || node.Output.Shape.Count == 0 || node.Inputs.Any(input => input.Type != ElementType.S8)
            || (node.Op.Table(node) is null && node.Op is not BinaryOp))
        {
            return null;
        }

        if (node.Op.Table(node) is { } table)
        {
            return new FusibleOp([(table.Input, null)], operands => new FusedTable(operands[0], table.Entries));
        }

        if (node.PortableCalls is not [var portable] || new PortableCall(portable) is var call && Periods(call) is not { } periods)
        {
            return null;
        }

        Func<IReadOnlyList<int>, FusedStep>? step = portable.Kernel switch
        {
            "add_s8" => operands => new FusedSum(
                operands[0], operands[1], call["a_multiplier"], call["b_multiplier"], call["offset"], call["shift"], call["min"], call["max"]),
            "mul_s8" => Product(call),
            "maximum_s8" or "minimum_s8" => operands => new FusedExtremum(operands[0], operands[1], portable.Kernel == "maximum_s8"),
            _ => null,
        };
        return step is null ? null : new FusibleOp([(node.Inputs[0], periods.A), (node.Inputs[1], periods.B)], step);
    }

    // The form of fewest instructions.
    private static Func<IReadOnlyList<int>, FusedStep>? Product(PortableCall call)
    {
        var (a, b, min, max) = (-call["a_zero_point"], -call["b_zero_point"], call["min"], call["max"]);
        if (BroadcastFamily.HalfOf(call) is { } fit)
        {
            return operands => new FusedHalfProduct(operands[0], operands[1], a, b, fit, min, max);
        }

        var channel = BroadcastFamily.ChannelOf(call);
        return channel is not { SignFix: 0 } && BroadcastFamily.RoundedOf(call) is { } rounded
            ? operands => new FusedRoundedProduct(operands[0], operands[1], a, b, rounded, min, max)
            : channel is { } found ? operands => new FusedWideProduct(operands[0], operands[1], a, b, found, min, max) : null;
    }

    // Both operands of one shape, or rows of which one operand has but one.
    private static (int? A, int? B)? Periods(PortableCall call)
    {
        var walked = call.Numbers("dims").Zip(call.Numbers("a_strides"), call.Numbers("b_strides")).Where(axis => axis.First > 1).ToArray();
        return walked switch
        {
            [] or [(_, 1, 1)] => (null, null),
            [(_, var row, 0), (var period, 1, 1)] when row == period => (null, period),
            [(_, 0, var row), (var period, 1, 1)] when row == period => (period, null),
            _ => null,
        };
    }
}
