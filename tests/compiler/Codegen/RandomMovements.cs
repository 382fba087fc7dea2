// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Ops.Control;
using TinyInfer.Compiler.Tests.Passes;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <content>Ops that move elements, and those that repeat an operand.</content>
internal sealed partial class RandomLayers
{
    /// <summary>A slice, a transposition, a reversal or a concatenation with itself.</summary>
    public Value Moved(Value x)
    {
        var axes = Enumerable.Range(0, x.Shape.Rank).ToArray();
        int[] shape = [.. x.Shape.Dimensions];
        switch (Pick(0, 1, 2, 3))
        {
            case 0:
                int[] begin = [.. shape.Select(size => _random.Next(size))];
                return _graph.Add(new Slice(begin), Like(x, [.. shape.Zip(begin, (size, from) => 1 + _random.Next(size - from))]), x);
            case 1:
                _random.Shuffle(axes);
                return Transposed(x, axes);
            case 2:
                return _graph.Add(new ReverseV2([.. axes.Where(_ => OneIn(2)).DefaultIfEmpty(1)]), Like(x, shape), x);
            default:
                var (axis, other) = (Pick(axes), Like(x, [.. shape]));
                shape[axis] *= 2;
                return _graph.Add(new Concatenation(axis), Like(x, shape), x, _graph.Add(new Transpose(axes), other, x));
        }
    }

    public Value Transposed(Value x, int[] axes) => _graph.Add(new Transpose(axes), Like(x, [.. axes.Select(axis => x.Shape[axis])]), x);

    public Value Sliced(Value x, int[] begin, int[] size) => _graph.Add(new Slice(begin), Like(x, size), x);

    /// <summary>A concatenation with another input.</summary>
    public Value Joined(Value x, int axis)
    {
        int[] shape = [.. x.Shape.Dimensions];
        var other = _graph.Input(Like(x, [.. shape]));
        shape[axis] *= 2;
        return _graph.Add(new Concatenation(axis), Like(x, shape), x, other);
    }

    /// <summary>A border along some axes, at either end.</summary>
    public Value Padded(Value x)
    {
        int[] Border() => [.. x.Shape.Dimensions.Select(_ => OneIn(2) ? 0 : Pick(1, 2, 3, 4, 8, 16, 40))];
        return Bordered(x, Border(), Border());
    }

    public Value Bordered(Value x, int[] before, int[] after)
    {
        var y = Like(x, [.. x.Shape.Dimensions.Select((size, d) => before[d] + size + after[d])]);
        return _graph.Add(new Pad(before, after, (ulong)_random.Next(x.Type == ElementType.S8 ? 256 : 65536)), y, x);
    }

    /// <summary>Rows and columns as often as a whole or a broken factor says.</summary>
    public Value Resized(Value x)
    {
        int Size(int from) => OneIn(3) ? from + Pick(0, 1, 3) : from * Pick(1, 2, 3, 4);
        var y = Like(x, [x.Shape[0], Size(x.Shape[1]), Size(x.Shape[2]), x.Shape[3]]);
        return _graph.Add(new ResizeNearestNeighbor(AlignCorners: OneIn(4), HalfPixelCenters: OneIn(2)), y, x);
    }

    /// <summary>A row taken from a sequence or put into it, at a place that is computed or the number of a turn.</summary>
    public Value Row()
    {
        var (rows, width) = (Pick(1, 2, 3, 7, 40), Pick(1, 2, 3, 4, 5, 8, 17, 32, 33, 64, 71, 132));
        var (sequence, turn) = (Input(rows, 1, width), _graph.Input(GraphBuilder.Integers($"turn{_count++}", 1)));
        if (OneIn(2))
        {
            var (next, more) = (GraphBuilder.Integers($"next{_count++}", 1), new Value($"more{_count++}", ElementType.Bool, new Shape(1)));
            Output(_graph.Add(new NextTurn(1 + _random.Next(rows), ""), [next, more], [turn]));
            Output(more);
            turn = OneIn(2) ? next : turn;
        }

        return OneIn(2)
            ? _graph.Add(new TakeRow(), Like(sequence, [1, width]), sequence, turn)
            : _graph.Add(new PutRow(), Like(sequence, [rows, 1, width]), sequence, turn, Input(1, width));
    }

    /// <summary>A product whose scale fills the output, more or less.</summary>
    public Value Product(Value a, Value b)
    {
        var (shape, bits) = (Broadcast.ShapeOf(a.Shape, b.Shape)!, a.Type == ElementType.S8 ? 7 : 15);
        var scale = a.Quantization!.Scale * b.Quantization!.Scale * (IsExtreme ? Scale(bits - 12, bits + 12) : (float)Math.Pow(2, bits + ((_random.NextDouble() - 0.5) * (OneIn(6) ? 16 : 4))));
        var y = new Value($"v{_count++}", a.Type, shape) { Quantization = new Quantization(scale, a.Type == ElementType.S8 ? Pick(-128, 127, 0, 5, -77) : 0) };
        return _graph.Add(new Mul(SomeActivation()), y, a, b);
    }

    /// <summary>The same of a sum or a difference.</summary>
    public Value RepeatedSum(Value a, Value b)
    {
        var (shape, largest) = (Broadcast.ShapeOf(a.Shape, b.Shape)!, Math.Max(a.Quantization!.Scale, b.Quantization!.Scale));
        var y = new Value($"v{_count++}", a.Type, shape) { Quantization = new Quantization(largest * (IsExtreme ? Scale(-4, 12) : (float)Math.Pow(2, _random.NextDouble() * 3)), a.Type == ElementType.S8 ? Pick(-128, 127, 0, 5, -77) : 0) };
        return _graph.Add(OneIn(3) ? new Sub(SomeActivation()) : new Add(SomeActivation()), y, a, b);
    }

    /// <summary>One element for each channel, each pixel or each place, or as many as <paramref name="x"/> has; noise or constant.</summary>
    public Value Operand(Value x)
    {
        int[] whole = [.. x.Shape.Dimensions];
        int[][] shapes = [whole, [whole[^1]], [1, whole[1], whole[2], 1], [1, whole[1], 1, whole[3]], [1, 1, 1, whole[3]]];
        var shape = shapes[_random.Next(shapes.Length)];
        var y = x.Type == ElementType.S8 ? Tensor(shape) : Tensor16(shape);
        if (!OneIn(3))
        {
            return _graph.Input(y);
        }

        var bytes = new byte[y.ByteSize];
        _random.NextBytes(bytes);
        return new Value(y.Name, y.Type, y.Shape) { Quantization = y.Quantization, Constant = bytes };
    }

    private Activation SomeActivation() => OneIn(2) ? Activation.None : OneIn(3) ? Activation.Relu6 : Activation.Relu;

    private Value Like(Value x, int[] shape) => new($"v{_count++}", x.Type, new Shape(shape)) { Quantization = x.Quantization };
}
