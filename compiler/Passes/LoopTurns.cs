// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Ops.Control;

namespace TinyInfer.Compiler.Passes;

/// <summary>The values of a loop that count its turns from a constant on, and the number of turns where its condition asks nothing but them.</summary>
internal sealed class LoopTurns
{
    private readonly While _loop;
    private readonly Dictionary<int, int> _starts = [];

    public LoopTurns(Node node)
    {
        _loop = (While)node.Op;
        foreach (var (i, start) in node.Inputs.Index())
        {
            if (Number(start) is { } number && Counts(i))
            {
                _starts.Add(i, number);
            }
        }
    }

    /// <summary>Null where it is not known, or none.</summary>
    public int? Turns => Of(_loop.Condition.Outputs[0]) is > 0 and <= int.MaxValue and var turns ? (int)turns : null;

    /// <summary>What each counter is after so many turns.</summary>
    public IEnumerable<(int Index, int Number)> After(int turns) => _starts.Select(start => (start.Key, start.Value + turns));

    /// <summary>True for a value of the body that is the number of the turn, from 0 on.</summary>
    public bool IsTurn(Value value)
    {
        var source = _loop.Body.Source(value);
        return _starts.Any(start => start.Value == 0 && _loop.Body.Inputs[start.Key] == source);
    }

    private bool Counts(int input)
    {
        var (body, own) = (_loop.Body, _loop.Body.Inputs[input]);
        return body.ProducerOf(body.Source(body.Outputs[input])) is { Op: IntegerArithmetic { Operation: IntegerOperation.Add, Activation: Activation.None } } sum
            && ((body.Source(sum.Inputs[0]) == own && Number(sum.Inputs[1]) == 1) || (body.Source(sum.Inputs[1]) == own && Number(sum.Inputs[0]) == 1));
    }

    private long? Of(Value condition) => _loop.Condition.ProducerOf(condition) switch
    {
        { Op: Logical { Operation: LogicalOperation.And } } both when Of(both.Inputs[0]) is { } a && Of(both.Inputs[1]) is { } b => Math.Min(a, b),
        { Op: Comparison { Relation: Relation.Less } } less => Below(less.Inputs[0], less.Inputs[1]),
        { Op: Comparison { Relation: Relation.LessEqual } } less => Below(less.Inputs[0], less.Inputs[1]) + 1,
        { Op: Comparison { Relation: Relation.Greater } } greater => Below(greater.Inputs[1], greater.Inputs[0]),
        { Op: Comparison { Relation: Relation.GreaterEqual } } greater => Below(greater.Inputs[1], greater.Inputs[0]) + 1,
        { } copy when _loop.Condition.Source(condition) != condition => Of(_loop.Condition.Source(condition)),
        _ => null,
    };

    private long? Below(Value counter, Value limit)
    {
        var index = _loop.Condition.Inputs.ToList().IndexOf(_loop.Condition.Source(counter));
        return Number(limit) is { } end && _starts.TryGetValue(index, out var start) ? (long)end - start : null;
    }

    private static int? Number(Value value) => value is { IsConstant: true, Type: ElementType.S32, Shape.Count: 1 } ? value.Integers()[0] : null;
}
