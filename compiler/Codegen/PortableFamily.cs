// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Codegen;

/// <summary>The C kernels of the firmware: every node, row-major.</summary>
internal sealed class PortableFamily : IFamily
{
    public const string Name = "portable";

    // Rough figures of the C kernels: what matters is that generated code is cheaper.
    private const int CyclesPerMac = 8;
    private const int CyclesPerInputByte = 8;
    private const int CyclesPerByte = 20;
    private const int CyclesPerExponential = 160;
    private const int CyclesPerCall = 100;

    public IEnumerable<Candidate> Match(Node node, Core core) =>
    [
        new Candidate(
            Name,
            [.. node.Inputs.Select(_ => Layout.RowMajor)],
            [.. node.Outputs.Select(_ => Layout.RowMajor)],
            (node.Op.Macs(node) * CyclesPerMac) + (node.Inputs.Where(input => !input.IsConstant).Sum(input => (long)input.ByteSize) * CyclesPerInputByte)
                + (node.Outputs.Sum(output => (long)output.ByteSize) * (node.Op is Ops.Softmax ? CyclesPerExponential : CyclesPerByte)) + CyclesPerCall,
            relaid => relaid.PortableCalls)
        {
            Scratch = node.PortableCalls.Select(call => call.Scratch).DefaultIfEmpty().Max(),
        },
    ];
}
