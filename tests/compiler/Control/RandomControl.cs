// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.Control;

/// <summary>
/// A random model of a vector that goes through arithmetic, choices and loops, nested up to four deep. Loops end: they count to at most 3. Values are
/// handed on unchanged, exchanged, dropped, doubled and constant as it happens.
/// </summary>
internal sealed class RandomControl(int seed)
{
    public const int Size = 4;
    private const int Deepest = 4;

    private static readonly BuiltinOperator[] Arithmetic =
        [BuiltinOperator.ADD, BuiltinOperator.SUB, BuiltinOperator.MUL, BuiltinOperator.MAXIMUM, BuiltinOperator.MINIMUM];

    private readonly Random _random = new(seed);

    /// <summary>One input and one output of <see cref="Size"/> elements.</summary>
    public ControlGraph Make()
    {
        var main = new ControlGraph();
        var input = main.Integers(Size);
        List<int> values = [input, .. Enumerable.Range(0, 2).Select(i => main.Element(input, i)), main.Constant(3, -1, 4, 1)];
        Fill(main, values, depth: 0);
        var sum = values.Aggregate((sum, value) => main.Do(BuiltinOperator.ADD, sum, value));
        return main.Edges([input], sum);
    }

    private void Fill(ControlGraph graph, List<int> values, int depth)
    {
        for (var lines = _random.Next(1, 5); lines > 0; lines--)
        {
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

    private int[] Choose(ControlGraph graph, List<int> values, int depth)
    {
        var inputs = Some(values);
        var shapes = Some(inputs).Select(graph.ShapeOf).ToArray();
        return graph.If(Condition(graph, values), Side(graph, inputs, shapes, depth), Side(graph, inputs, shapes, depth), inputs);
    }

    private ControlGraph Side(ControlGraph graph, int[] inputs, int[][] shapes, int depth)
    {
        var side = graph.Called();
        var own = inputs.Select(input => side.Integers(graph.ShapeOf(input))).ToArray();
        var values = own.ToList();
        Fill(side, values, depth + 1);
        return side.Edges(own, [.. shapes.Select(shape => OfShape(side, values, shape))]);
    }

    private int[] Turn(ControlGraph graph, List<int> values, int depth)
    {
        int[] inputs = [graph.Constant(_random.Next(3)), .. Some(values)];
        var condition = graph.Called();
        var asked = inputs.Select(input => condition.Integers(graph.ShapeOf(input))).ToArray();
        var more = condition.Do(BuiltinOperator.LESS, asked[0], condition.Constant(_random.Next(4)));
        condition.Edges(asked, _random.Next(2) == 0 ? more : condition.Do(BuiltinOperator.LOGICAL_AND, more, Condition(condition, [.. asked])));

        var body = graph.Called();
        var own = inputs.Select(input => body.Integers(graph.ShapeOf(input))).ToArray();
        var inner = own[1..].ToList();
        Fill(body, inner, depth + 1);
        var next = own[1..].Select(value => OfShape(body, inner, body.ShapeOf(value))).ToArray();
        body.Edges(own, [body.Do(BuiltinOperator.ADD, own[0], body.Constant(1)), .. next]);
        return graph.While(condition, body, inputs)[_random.Next(2)..];
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
