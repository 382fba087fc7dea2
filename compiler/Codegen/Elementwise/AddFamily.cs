// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Elementwise;

/// <summary>ADD and SUB of tensors of one shape, where <see cref="LinearFit"/> has found constants. Any mixture of layouts costs the same.</summary>
internal sealed class AddFamily : IFamily
{
    public IEnumerable<Candidate> Match(Node node, Core core)
    {
        if (node.Op is not (Add or Sub) || PortableCall.Of(node, "add_s8") is not { IsEven: true } call)
        {
            return [];
        }

        return
            from a in Layouts(node.Inputs[0])
            from b in Layouts(node.Inputs[1])
            from output in Layouts(node.Output)
            let shape = AddShape.Of(call, node.Output.Shape.Count, a, b, output)
            where shape is not null
            select new Candidate("add", [a, b], [output], shape.Cycles(core), relaid => [shape.Call(relaid)]);
    }

    private static IEnumerable<Layout> Layouts(Value value) => !value.IsConstant && value.Shape.Rank > 0 && value.Shape[-1] % 2 == 0 ? [Layout.RowMajor, Layout.Msi] : [Layout.RowMajor];
}
