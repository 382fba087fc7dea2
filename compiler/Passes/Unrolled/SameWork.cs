// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Ops.Control;

namespace TinyInfer.Compiler.Passes.Unrolled;

/// <summary>Whether two nodes do the same with other values: they could be two turns of one loop.</summary>
internal static class SameWork
{
    /// <summary>Constants may differ: whoever asks looks at them.</summary>
    public static bool Of(Node a, Node b) =>
        a == b
        || (a.Inputs.Count == b.Inputs.Count
            && a.Outputs.Count == b.Outputs.Count
            && a.Inputs.Concat(a.Outputs).Zip(b.Inputs.Concat(b.Outputs)).All(pair => AreAlike(pair.First, pair.Second))
            && (a.Op.Equals(b.Op) || (a.Op.GetType() == b.Op.GetType() && a.Op is MoveOp && a.Op.ToString() == b.Op.ToString())));

    public static bool AreAlike(Value a, Value b) => a.Type == b.Type && a.Shape.Equals(b.Shape) && a.IsQuantizedAs(b);

    /// <summary>The same value in every step, or constants of the same bytes.</summary>
    public static bool AreOne(IReadOnlyList<Value> values) => values.All(value =>
        value == values[0] || (value.IsConstant && values[0].IsConstant && value.Constant!.Value.Span.SequenceEqual(values[0].Constant!.Value.Span)));
}
