// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Ops.Control;

namespace TinyInfer.Compiler.Codegen.Movement;

/// <summary>What the turns of a loop begin and end with: a row is taken from a sequence or put into one, the turn is counted.</summary>
internal sealed class RowFamily : IFamily
{
    public IEnumerable<Candidate> Match(Node node, Core core)
    {
        KernelCall? call = node.Op switch
        {
            TakeRow or PutRow => Row(node),
            NextTurn turn => new KernelCall("next_turn", [], [node.Input], [.. node.Outputs.Select(output => (Operand)output)]) { Routine = TurnRoutine.Of(turn.Turns) },
            _ => null,
        };
        return call is null ? [] :
        [
            new Candidate(call.Kernel, [.. node.Inputs.Select(_ => Layout.RowMajor)], [.. node.Outputs.Select(_ => Layout.RowMajor)], Cycles(node), relaid => [Of(relaid, call)]),
        ];
    }

    private static KernelCall Of(Node node, KernelCall call) => call with { Inputs = [.. node.Inputs.Select(input => (Operand)input)], Outputs = [.. node.Outputs.Select(output => (Operand)output)] };

    private static KernelCall Row(Node node)
    {
        var (isPut, row) = (node.Op is PutRow, (node.Op is PutRow ? node.Inputs[2] : node.Output).ByteSize);
        var shape = new RowShape(node.Input.ByteSize / row, row, isPut);
        return new KernelCall(isPut ? "put_row" : "take_row", [], [.. node.Inputs], [.. node.Outputs]) { Routine = RowRoutine.Of(shape) };
    }

    private static long Cycles(Node node) => node.Op switch
    {
        NextTurn => 30,
        TakeRow => 60 + (node.Output.ByteSize * 3 / 4),
        _ => 65 + (node.Inputs[2].ByteSize * 3 / 4),
    };
}
