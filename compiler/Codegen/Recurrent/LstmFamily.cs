// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Recurrent;

/// <summary>An LSTM of one batch whose sums stay below 2^23, one row at a time or two.</summary>
internal sealed class LstmFamily : IFamily
{
    public IEnumerable<Candidate> Match(Node node, Core core)
    {
        if (node.Op is not Lstm || PortableCall.Of(node, "lstm_s8") is not { } call || LstmCell.Of(call) is not { } cell)
        {
            return [];
        }

        int[] ways = cell.Rows > 1 ? [1, 2] : [1];
        return ways.Select(rows => new Candidate(
            "lstm",
            [.. node.Inputs.Select(_ => Layout.RowMajor)],
            [.. node.Outputs.Select(_ => Layout.RowMajor)],
            Cycles(cell, rows, core),
            relaid => [Call(cell, relaid, rows)])
        {
            Variant = rows == 1 ? "" : "two time steps at once",
            Scratch = LstmRoutine.Scratch(cell, rows),
        });
    }

    private static KernelCall Call(LstmCell cell, Node node, int rows)
    {
        var portable = node.PortableCalls[0];
        return new KernelCall(
            "lstm",
            [],
            [portable.Inputs[0], portable.Inputs[1], SigmoidLines.Operand, portable.Inputs[4], portable.Inputs[5]],
            portable.Outputs,
            LstmRoutine.Scratch(cell, rows))
        {
            Routine = LstmRoutine.Of(cell, rows),
            Remark = rows == 1 ? "" : "products with the input by two time steps",
        };
    }

    // Of a unit: what is left beside its sums; of a group of four inputs: all four gates of one row.
    private static long Cycles(LstmCell cell, int rows, Core core)
    {
        var m7 = core == Core.CortexM7;
        var (unit, one, two, kept, expanded) = m7 ? (105, 13.0, 13.0, 4, 9) : (140, 20.0, 18.1, 10, 13);
        var (groups, together) = (cell.InputGroups * (rows == 1 ? one : two), cell.Rows + (rows > 1 ? cell.Rows % 2 : 0));
        var units = cell.Units * (unit + (rows > 1 ? kept : 0) + (cell.UnitGroups * one));
        return (long)((cell.Rows * (units + ((cell.InputGroups + cell.UnitGroups) * expanded) + 40)) + (together * cell.Units * groups)) + 200;
    }
}
