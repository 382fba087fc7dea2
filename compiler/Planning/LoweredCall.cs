// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Ops.Control;

namespace TinyInfer.Compiler.Planning;

/// <summary>A kernel call before it is known whether it is needed.</summary>
/// <param name="Values">Numbers of the computed values that it reads and writes; of a branch, all that must outlive it; of a loop's first turn, all that it fills.</param>
/// <param name="Moves">The alias that makes the call superfluous where it holds: the call does nothing but move those bytes.</param>
internal sealed record LoweredCall(KernelCall Call, Node Node, IReadOnlyList<int> Values, Alias? Moves)
{
    public static IReadOnlyList<LoweredCall> Of(ComputedValues values, IReadOnlyList<Alias> aliases, Func<Node, IReadOnlyList<KernelCall>> lower)
    {
        var moves = aliases.Where(alias => alias.Kind != AliasKind.Overwrite).ToLookup(alias => alias.Node);
        return
        [
            .. from node in values.Graph.Nodes
               from call in lower(node)
               select new LoweredCall(
                   call,
                   node,
                   [.. ValuesOf(call, node).Distinct().Select(values.NumberOf)],
                   moves[node].FirstOrDefault(alias => Is(call, alias))),
        ];
    }

    private static IEnumerable<Value> ValuesOf(KernelCall call, Node node) => node.Op switch
    {
        Branch => node.Inputs.Where(input => !input.IsConstant),
        FirstTurn => node.Outputs,
        _ => Computed([.. call.Inputs, .. call.Outputs]),
    };

    private static bool Is(KernelCall call, Alias alias) => alias.Kind == AliasKind.View
        ? Computed(call.Outputs).SequenceEqual([alias.Inner])
        : Computed(call.Inputs).SequenceEqual([alias.Inner]);

    private static IEnumerable<Value> Computed(IEnumerable<Operand> operands) =>
        operands.OfType<ValueOperand>().Select(operand => operand.Value).Where(value => !value.IsConstant);
}
