// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Recurrent;

/// <summary>An LSTM of one batch whose sums stay below 2^23.</summary>
internal sealed class LstmFamily : IFamily
{
    // Measured: four gates of four inputs, and all of a unit but its sums.
    private const double CyclesPerMac = 1.3;
    private const int CyclesPerUnit = 240;
    private const int CyclesPerGroup = 14;

    public IEnumerable<Candidate> Match(Node node, Core core)
    {
        if (node.Op is not Lstm || PortableCall.Of(node, "lstm_s8") is not { } call || LstmCell.Of(call) is not { } cell)
        {
            yield break;
        }

        var rows = call["rows"];
        var cycles = (node.Op.Macs(node) * CyclesPerMac) + ((long)rows * cell.Units * CyclesPerUnit) + (rows * (cell.InputGroups + cell.UnitGroups) * CyclesPerGroup);
        yield return new Candidate(
            "lstm",
            [.. node.Inputs.Select(_ => Layout.RowMajor)],
            [.. node.Outputs.Select(_ => Layout.RowMajor)],
            (long)cycles,
            relaid => [cell.Call(relaid, core)]);
    }
}
