// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Planning;

/// <summary>A kernel call before it is known whether it is needed.</summary>
/// <param name="Values">Numbers of the computed values that it reads and writes.</param>
/// <param name="Moves">The alias that makes the call superfluous where it holds: the call does nothing but move those bytes.</param>
internal sealed record LoweredCall(KernelCall Call, Node Node, IReadOnlyList<int> Values, Alias? Moves)
{
    public static IReadOnlyList<LoweredCall> Of(ComputedValues values, IReadOnlyList<Alias> aliases)
    {
        var moves = aliases.Where(alias => alias.Kind != AliasKind.Overwrite).ToLookup(alias => alias.Node);
        return
        [
            .. from node in values.Graph.Nodes
               from call in node.Op.Lower(node)
               select new LoweredCall(call, node, [.. Operands(call).Select(values.NumberOf)], moves[node].FirstOrDefault(alias => Is(call, alias))),
        ];
    }

    private static IEnumerable<Value> Operands(KernelCall call) => call.Inputs.Concat(call.Outputs)
        .OfType<ValueOperand>().Where(operand => !operand.Value.IsConstant).Select(operand => operand.Value).Distinct();

    private static bool Is(KernelCall call, Alias alias)
    {
        var inner = new ValueOperand(alias.Inner);
        var outer = new ValueOperand(alias.Outer, alias.Offset);
        return (call.Inputs, call.Outputs) is ([var from], [var to])
            && (alias.Kind == AliasKind.View ? (from, to) == (outer, inner) : (from, to) == (inner, outer));
    }
}
