// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Softmax;

/// <summary>SOFTMAX of int8 to int8 and int16, with the portable kernel's table of exponentials.</summary>
internal sealed class SoftmaxFamily : IFamily
{
    public IEnumerable<Candidate> Match(Node node, Core core)
    {
        if ((PortableCall.Of(node, "softmax_s8") ?? PortableCall.Of(node, "softmax_s8_s16")) is not { } call)
        {
            return [];
        }

        var shape = new SoftmaxShape(call["rows"], call["depth"], call["table_size"], IsWide: node.Output.Type == ElementType.S16);
        var table = call.Constant<int>(1)!;
        return !shape.IsExact || (shape.Entries < SoftmaxShape.MostEntries && table[^1] != 0)
            ? []
            :
            [
                new Candidate(
                    "softmax",
                    [Layout.RowMajor],
                    [Layout.RowMajor],
                    shape.Cycles(core),
                    relaid =>
                    [
                        new KernelCall("softmax", [], [relaid.Input, call.Input(1)], [relaid.Output])
                        {
                            Routine = SoftmaxRoutine.Of(shape),
                            Remark = "exponentials from a table",
                        },
                    ]),
            ];
    }
}
