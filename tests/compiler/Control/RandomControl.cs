// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.Control;

/// <summary>
/// A random model of a vector that goes through arithmetic, choices and loops, nested up to four deep. Loops end: they count to at most 3. Values are
/// handed on unchanged, exchanged, dropped, doubled and constant as it happens. With variables, any graph may read and assign each of two, by handles of its
/// own or such as it is given.
/// </summary>
internal sealed class RandomControl(int seed, bool variables = false)
{
    public const int Size = 4;
    private const int Deepest = 4;

    private static readonly (string Name, int Size)[] Variables = [("v", Size), ("n", 1)];

    private static readonly BuiltinOperator[] Arithmetic =
        [BuiltinOperator.ADD, BuiltinOperator.SUB, BuiltinOperator.MUL, BuiltinOperator.MAXIMUM, BuiltinOperator.MINIMUM];

    private readonly Random _random = new(seed);

    /// <summary>One input and one output of <see cref="Size"/> elements.</summary>
    public ControlGraph Make()
    {
        var main = new ControlGraph();
        var input = main.Integers(Size);
        if (variables)
        {
            var initial = main.Called();
            initial.Assign("v", initial.Constant(1, -2, 3, 50));
            initial.Assign("n", initial.Constant(2));
            main.CallOnce(initial.Edges([]));
        }

        List<int> values = [input, .. Enumerable.Range(0, 2).Select(i => main.Element(input, i)), main.Constant(3, -1, 4, 1)];
        Fill(main, values, depth: 0);
        var sum = values.Aggregate((sum, value) => main.Do(BuiltinOperator.ADD, sum, value));
        return main.Edges([input], sum);
    }

    private void Fill(ControlGraph graph, List<int> values, int depth)
    {
        for (var lines = _random.Next(1, 5); lines > 0; lines--)
        {
            if (variables)
            {
                Keep(graph, values);
            }

            switch (_random.Next(depth < Deepest ? 6 : 3))
            {
                case 3 or 4:
                    values.AddRange(Choose(graph, values, depth));
                    break;
                case 5:
                    values.AddRange(Turn(graph, values, depth));
                    break;
                default:
                    values.Add(graph.Do(Pick(Arithmetic), Pick(values), Pick(values)));
                    break;
            }
        }
    }

    private void Keep(ControlGraph graph, List<int> values)
    {
        var (name, size) = Pick(Variables);
        if (_random.Next(2) == 0)
        {
            values.Add(graph.Read(name, size));
        }
        else if (_random.Next(2) == 0)
        {
            graph.Assign(name, OfShape(graph, values, [size]));
        }
    }

    // Gives some of the subgraphs' inputs a handle more; each of them is told by name what it is.
    private int[] WithHandle(ControlGraph graph, int[] inputs, out string? variable)
    {
        variable = variables && _random.Next(3) == 0 ? Pick(Variables).Name : null;
        return variable is null ? inputs : [.. inputs, graph.Handle(variable)];
    }

    private static int[] Taken(ControlGraph side, int[] own, string? variable) => variable is null ? own : [.. own, side.TakeHandle(variable)];

    private int[] Choose(ControlGraph graph, List<int> values, int depth)
    {
        var inputs = Some(values);
        var shapes = Some(inputs).Select(graph.ShapeOf).ToArray();
        var given = WithHandle(graph, inputs, out var variable);
        return graph.If(Condition(graph, values), Side(graph, inputs, shapes, variable, depth), Side(graph, inputs, shapes, variable, depth), given);
    }

    private ControlGraph Side(ControlGraph graph, int[] inputs, int[][] shapes, string? variable, int depth)
    {
        var side = graph.Called();
        var own = inputs.Select(input => side.Integers(graph.ShapeOf(input))).ToArray();
        var values = own.ToList();
        own = Taken(side, own, variable);
        Fill(side, values, depth + 1);
        return side.Edges(own, [.. shapes.Select(shape => OfShape(side, values, shape))]);
    }

    private int[] Turn(ControlGraph graph, List<int> values, int depth)
    {
        int[] inputs = [graph.Constant(_random.Next(3)), .. Some(values)];
        var given = WithHandle(graph, inputs, out var variable);
        var condition = graph.Called();
        var asked = inputs.Select(input => condition.Integers(graph.ShapeOf(input))).ToArray();
        var handed = Taken(condition, asked, variable);
        var more = condition.Do(BuiltinOperator.LESS, asked[0], condition.Constant(_random.Next(4)));
        if (variables && _random.Next(2) == 0)
        {
            more = condition.Do(BuiltinOperator.LOGICAL_AND, more, condition.Do(BuiltinOperator.GREATER, condition.Read("n", 1), condition.Constant(_random.Next(3))));
        }

        condition.Edges(handed, _random.Next(2) == 0 ? more : condition.Do(BuiltinOperator.LOGICAL_AND, more, Condition(condition, [.. asked])));

        var body = graph.Called();
        var own = inputs.Select(input => body.Integers(graph.ShapeOf(input))).ToArray();
        var inner = own[1..].ToList();
        var owned = Taken(body, own, variable);
        Fill(body, inner, depth + 1);
        var next = own[1..].Select(value => OfShape(body, inner, body.ShapeOf(value))).ToArray();
        body.Edges(owned, [body.Do(BuiltinOperator.ADD, own[0], body.Constant(1)), .. next, .. owned[own.Length..]]);
        return graph.While(condition, body, given)[_random.Next(2)..inputs.Length];
    }

    private int OfShape(ControlGraph graph, List<int> values, int[] shape)
    {
        var fitting = values.Where(value => graph.ShapeOf(value)[0] == shape[0]).ToArray();
        return fitting.Length > 0 ? Pick(fitting) : graph.Constant([.. Enumerable.Range(0, shape[0]).Select(_ => _random.Next(9))]);
    }

    private int Condition(ControlGraph graph, List<int> values)
    {
        var scalars = values.Where(value => graph.ShapeOf(value)[0] == 1).Append(graph.Constant(_random.Next(5))).ToArray();
        return graph.Do(Pick([BuiltinOperator.LESS, BuiltinOperator.GREATER, BuiltinOperator.EQUAL]), Pick(scalars), Pick(scalars));
    }

    private int[] Some(IReadOnlyList<int> values) => [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Pick(values))];

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
}
