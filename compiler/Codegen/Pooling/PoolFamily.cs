// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Codegen.Pooling;

/// <summary>Average and largest of windows that lie inside the input, and MEAN over rows and columns; four channels or more.</summary>
internal sealed class PoolFamily : IFamily
{
    public IEnumerable<Candidate> Match(Node node, Core core) => PoolShape.Of(node) is not { } plain ? [] :
        from input in Layouts(plain)
        from output in Layouts(plain)
        let shape = plain with { MixedInput = input == Layout.Msi, MixedOutput = output == Layout.Msi }
        select new Candidate("pool", [input], [output], shape.Cycles(core), relaid => [shape.Call(relaid)]);

    private static Layout[] Layouts(PoolShape shape) => shape.Depth % 2 == 0 ? [Layout.RowMajor, Layout.Msi] : [Layout.RowMajor];
}
