// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Tests.Passes;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <content>Elementwise ops in any order.</content>
internal sealed partial class RandomLayers
{
    /// <summary>
    /// Ops over vectors of one size, of which each reads any that came before it: parts of stacks, of sums of stacks too, constants, rows that are
    /// repeated. Some are outputs besides the last.
    /// </summary>
    public Value Cell(int most)
    {
        var parts = Pick(1, 2, 3, 4);
        var size = Pick(1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 30, 32, 33);
        var repeats = size % 4 == 0 && OneIn(3);
        int[] shape = repeats ? [1, Pick(2, 3, 5), size] : [1, size];
        var vectors = new List<Value> { Input(shape) };
        if (!repeats)
        {
            var stack = Sum(Input(1, parts * size), Input(1, parts * size));
            vectors.AddRange(Parts(OneIn(2) ? stack : OneIn(2) ? Sum(stack, Known([1, parts * size])) : LookUp(stack), parts));
        }

        var count = 2 + _random.Next(most - 1);
        for (var op = 0; op < count; op++)
        {
            var (a, b) = (vectors[OneIn(3) ? _random.Next(vectors.Count) : ^1], vectors[_random.Next(vectors.Count)]);
            if (OneIn(6))
            {
                b = repeats ? OneIn(2) ? Known([size]) : Input(1, 1, size) : Known(shape);
            }

            (a, b) = OneIn(2) ? (a, b) : (b, a);
            vectors.Add(Pick(0, 1, 2, 3, 4, 5) switch
            {
                _ when a.Shape.Count < size || b.IsConstant && a.IsConstant => LookUp(vectors[0]),
                0 or 1 => RepeatedSum(a, b),
                2 or 3 => Product(a, b),
                4 when a.IsQuantizedAs(b) => _graph.Add(new Extremum(OneIn(2)), Like(a, shape), a, b),
                _ => LookUp(a.IsConstant ? b : a),
            });
            if (OneIn(5))
            {
                Output(vectors[^1]);
            }
        }

        return vectors[^1];
    }

    private IEnumerable<Value> Parts(Value stack, int parts)
    {
        Value[] values = [.. Enumerable.Range(0, parts).Select(_ => Like(stack, [1, stack.Shape[-1] / parts]))];
        _graph.Add(new Split(1), values, [stack]);
        return values;
    }

    private Value Known(int[] shape)
    {
        var (value, bytes) = (Tensor(shape), new byte[shape.Aggregate(1, (size, next) => size * next)]);
        _random.NextBytes(bytes);
        return new Value(value.Name, value.Type, value.Shape) { Quantization = value.Quantization, Constant = bytes };
    }
}
