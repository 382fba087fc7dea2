// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Import;

/// <summary>
/// Variables that subgraphs use are operands like any other: each hands in what a variable holds, and hands back what it holds afterwards. So an if that
/// assigns on one side gives either value, and a loop turns it.
/// </summary>
internal sealed partial class Variables
{
    /// <summary>Makes <paramref name="inner"/>, an input of a subgraph with these variables, a handle of what <paramref name="handle"/> is one of.</summary>
    public void TakeHandle(Value inner, Variables outside, Value handle)
    {
        if (outside._handles.TryGetValue(handle, out var variable))
        {
            _handles[inner] = Of(variable.Key, variable.Name);
        }
    }

    /// <summary>True for what names a variable; a tensor that is kept is one itself.</summary>
    public bool IsHandle(Value value) => _handles.TryGetValue(value, out var variable) && variable.Start != value;

    public bool IsSameHandle(Value a, Value b) => IsHandle(a) && IsHandle(b) && _handles[a] == _handles[b];

    /// <summary>Makes <paramref name="result"/>, output <paramref name="index"/> of subgraphs, a handle where it is one in them.</summary>
    public bool GiveHandle(Origin origin, Value result, int index, IReadOnlyList<Subgraph> computing)
    {
        Variable?[] given = [.. computing.Select(side => index < side.Outputs.Count && side.Variables.IsHandle(side.Outputs[index]) ? side.Variables._handles[side.Outputs[index]] : null)];
        if (given.All(variable => variable is null))
        {
            return false;
        }

        if (given.Any(variable => variable?.Key != given[0]?.Key))
        {
            throw origin.Refuse($"output {index} {Quoted.Name(result.Name)} is a variable that is chosen when the model runs", "the same variable in every case");
        }

        _handles[result] = Of(given[0]!.Key, given[0]!.Name);
        return true;
    }

    /// <summary>The variables that subgraphs use, as operands of the operator that runs them.</summary>
    public IReadOnlyList<Handed> HandOver(Origin origin, IReadOnlyList<Subgraph> called)
    {
        var handed = new List<Handed>();
        foreach (var key in called.SelectMany(side => side.Variables.Used).Distinct())
        {
            Variable[] inside = [.. called.Select(side => side.Variables.Of(key, key.Name))];
            var like = inside.Select(variable => variable.Start ?? variable.Assigned?.Value).OfType<Value>().First();
            var mine = Of(key, inside[0].Name);
            mine.Start ??= like.Like(mine.Name);
            mine.CalledZeroPoint ??= inside.Select(variable => variable.ZeroPoint ?? variable.CalledZeroPoint).FirstOrDefault(zeroPoint => zeroPoint is not null);

            var before = mine.Assigned?.Value ?? mine.Start;
            var after = like.Like($"{mine.Name}/after");
            foreach (var variable in inside)
            {
                variable.Start ??= like.Like(variable.Name);
            }

            var isAssigned = inside.Any(variable => variable.Assigned is not null);
            if (isAssigned)
            {
                mine.Assigned = (after, new Origin(origin.Index, origin.Code, mine.Name) { Subgraph = origin.Subgraph });
            }

            handed.Add(new Handed(
                before, after, [.. inside.Select(variable => variable.Start!)], [.. inside.Select(variable => variable.Assigned?.Value ?? variable.Start!)], isAssigned));
        }

        return handed;
    }

    private IEnumerable<(string Container, string Name)> Used =>
        _variables.Where(entry => entry.Value.Start is not null || entry.Value.Assigned is not null).Select(entry => entry.Key);
}

/// <summary>A variable as an operand of subgraphs: outside before and after, and at the start and the end of each of them.</summary>
internal sealed record Handed(Value Before, Value After, IReadOnlyList<Value> Starts, IReadOnlyList<Value> Ends, bool IsAssigned);
