// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Fusion;

/// <summary>Fused ops: the only family that serves them. A word with mixed signs costs one instruction more, so that any layout will do.</summary>
internal sealed class FusedFamily : IFamily
{
    /// <summary>Every mixture of layouts is offered for so many tensors; beyond, they are vectors of recurrent cells.</summary>
    private const int MostMixed = 4;

    public IEnumerable<Candidate> Match(Node node, Core core)
    {
        if (node.Op is not Fused op)
        {
            return [];
        }

        var computed = node.Inputs.Concat(node.Outputs).Count(value => !value.IsConstant);
        return
            from inputs in Mixtures(node.Inputs, computed)
            from outputs in Mixtures(node.Outputs, computed)
            let made = FusedRoutine.Of(op, inputs, outputs, core)
            select new Candidate("fused", inputs, outputs, made.Cycles, relaid => [Call(op, relaid, made.Routine)]);
    }

    private static KernelCall Call(Fused op, Node node, Routine routine) => new(
        "fused",
        [.. new FusedSlots(op).Parameters.Index().Select(constant => new Field($"constant{constant.Index}", constant.Item))],
        [.. node.Inputs.Select(input => (Operand)input), .. op.Tables.Select(entries => new ConstantOperand("table", ElementType.U8, entries))],
        [.. node.Outputs.Select(output => (Operand)output)])
    {
        Routine = routine,
        Remark = $"{op.Steps.Count} ops together, element by element",
    };

    private static IEnumerable<IReadOnlyList<Layout>> Mixtures(IReadOnlyList<Value> values, int computed)
    {
        IEnumerable<IReadOnlyList<Layout>> all = [[]];
        foreach (var value in values)
        {
            Layout[] layouts = computed <= MostMixed && !value.IsConstant && value.Shape.Rank > 0 && value.Shape[-1] % 2 == 0 ? [Layout.RowMajor, Layout.Msi] : [Layout.RowMajor];
            all = [.. all.SelectMany(chosen => layouts.Select(layout => (IReadOnlyList<Layout>)[.. chosen, layout]))];
        }

        return all;
    }
}
