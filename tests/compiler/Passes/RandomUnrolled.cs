// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Tests.Passes;

/// <summary>
/// Recurrent layers with their steps one behind the other, in the ways converters leave them and in ways that are no loop. Equal seeds give equal graphs.
/// </summary>
internal sealed class RandomUnrolled
{
    private static readonly Quantization Usual = new(0.25f, -4);
    private static readonly Quantization Other = new(0.2f, 3);

    private const int One = 37;

    private readonly Random _random;
    private readonly GraphBuilder _graph = new();
    private readonly int _steps;
    private readonly int _width;
    private readonly int _units;
    private readonly Value[] _rows;
    private int _count;

    private RandomUnrolled(int seed)
    {
        _random = new Random(seed);
        (_steps, _width, _units) = (_random.Next(3, 8), _random.Next(1, 6), _random.Next(1, 9));
        _rows = Rows();
    }

    public static Graph Of(int seed) => new RandomUnrolled(seed).Build();

    private Graph Build()
    {
        var (kept, next) = (Tensor(1, _units), Tensor(1, _units));
        var keeps = OneIn(4);
        var start = keeps ? _graph.State(kept, next) : OneIn(3) ? _graph.Input(Tensor(1, _units)) : Start();
        var all = Steps(_rows, start, _width);
        if (OneIn(3))
        {
            all = Steps(all, Start(), _units);
        }

        if (keeps)
        {
            _graph.Add(new AssignVariable(), next, all[^1]);
        }

        return _graph.Build([.. Results(all).Distinct()]);
    }

    private Value[] Steps(Value[] rows, Value state, int width)
    {
        var cell = new Cell(Weights(2 * _units, width), Bias(2 * _units), Weights(2 * _units, _units), Bias(2 * _units), _random.Next(3), OneIn(3));
        var (withoutState, odd) = (OneIn(3), OneIn(4) ? _random.Next(_steps) : -1);
        var products = rows.Select((row, step) => OneIn(2) ? Product(cell.Input, cell.InputBias, row) : null).ToArray();
        var memory = cell.HasMemory ? Start() : null;
        var states = new List<Value>();
        foreach (var (step, row) in rows.Index())
        {
            var sum = products[step] ?? Product(cell.Input, cell.InputBias, row);
            if (step > 0 || !withoutState)
            {
                sum = _graph.Add(new Add(Activation.None), Tensor(1, 2 * _units), sum, Product(cell.State, cell.StateBias, state));
            }

            var gates = new[] { Tensor(step == odd ? Other : Usual, 1, _units), Tensor(1, _units) };
            if (step == odd)
            {
                sum = _graph.Add(new Quantize(), Tensor(Other, 1, 2 * _units), sum);
                gates[1] = Tensor(Other, 1, _units);
            }

            _graph.Add(new Split(1), gates, [sum]);
            var fresh = _graph.Add(new Mul(Activation.None), Tensor(1, _units), gates[0], gates[1]);
            if (memory is not null)
            {
                fresh = memory = _graph.Add(new Add(Activation.None), Tensor(1, _units), fresh, _graph.Add(new Mul(Activation.None), Tensor(1, _units), gates[1], memory));
            }

            state = cell.Kind switch
            {
                0 => fresh,
                1 => _graph.Add(new Add(Activation.Relu), Tensor(1, _units), fresh, state),
                _ => _graph.Add(new Sub(Activation.None), Tensor(1, _units), Filled(One), fresh),
            };
            states.Add(state);
        }

        return [.. states];
    }

    private IEnumerable<Value> Results(Value[] all)
    {
        if (OneIn(2))
        {
            yield return all[^1];
        }

        if (OneIn(4))
        {
            yield return all[_random.Next(all.Length)];
        }

        var many = OneIn(2);
        yield return _random.Next(4) switch
        {
            0 when many => _graph.Add(new Pack(0), Tensor(_steps, 1, _units), all),
            1 when many => _graph.Add(new Pack(1), Tensor(1, _steps, _units), all),
            2 when many => _graph.Add(new Concatenation(0), Tensor(_steps + 1, _units), [all[0], .. all]),
            3 when many => _graph.Add(new Concatenation(1), Tensor(1, _steps * _units), all.Reverse().ToArray()),
            _ => Product(Weights(3, _units), Bias(3), all[^1]),
        };
    }

    private Value[] Rows()
    {
        var backward = OneIn(4);
        Value[] Ordered(IEnumerable<Value> rows) => [.. backward ? rows.Reverse() : rows];
        Value[] each = [.. Enumerable.Range(0, _steps).Select(_ => Tensor(1, _width))];
        switch (_random.Next(4))
        {
            case 0:
                _graph.Add(new Unpack(0), each, [_graph.Input(Tensor(_steps, 1, _width))]);
                return Ordered(each);
            case 1:
                _graph.Add(new Unpack(1), each, [_graph.Input(Tensor(1, _steps, _width))]);
                return Ordered(each);
            case 2:
                var sequence = _graph.Input(Tensor(1, _steps, _width));
                return Ordered(each.Select((row, step) =>
                    _graph.Add(new Reshape(), row, _graph.Add(new StridedSlice([new(0, 1, 1), new(step, 1, 1), new(0, 1, _width)]), Tensor(1, 1, _width), sequence))));
            default:
                return [.. each.Select(_graph.Input)];
        }
    }

    private Value Product(Value weights, Value bias, Value input) => _graph.Add(new FullyConnected(Activation.None), Tensor(1, weights.Shape[0]), input, weights, bias);

    private bool OneIn(int number) => _random.Next(number) == 0;

    private Value Tensor(params int[] shape) => Tensor(Usual, shape);

    private Value Tensor(Quantization quantization, params int[] shape) => GraphBuilder.Tensor($"v{_count++}", quantization, shape);

    private Value Start() => Filled(_random.Next(256));

    private Value Filled(int item) => new($"c{_count++}", ElementType.S8, new Shape(1, _units))
    {
        Quantization = Usual,
        Constant = Enumerable.Repeat((byte)item, _units).ToArray(),
    };

    private Value Weights(params int[] shape) => Layers.Weights($"w{_count++}", _random, shape);

    private Value Bias(int channels) => Layers.Bias($"b{_count++}", _random, channels);

    private sealed record Cell(Value Input, Value InputBias, Value State, Value StateBias, int Kind, bool HasMemory);
}
