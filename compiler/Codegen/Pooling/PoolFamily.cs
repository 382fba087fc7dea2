// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Codegen.Pooling;

/// <summary>Average and largest of windows, and MEAN and SUM over positions; four channels or more.</summary>
internal sealed class PoolFamily : IFamily
{
    public IEnumerable<Candidate> Match(Node node, Core core) => PoolPlan.Of(node) is not { } plain ? [] :
        from input in Layouts(plain)
        from output in Layouts(plain)
        let plan = plain.In(input, output)
        select new Candidate("pool", [input], [output], plan.Cycles(core), relaid => [plan.Call(relaid)]);

    private static Layout[] Layouts(PoolPlan plan) => plan.KeepsPairs ? [Layout.RowMajor, Layout.Msi] : [Layout.RowMajor];
}
