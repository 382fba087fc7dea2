// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <content>Numbers in other types and quantizations.</content>
internal sealed partial class RandomLayers
{
    /// <summary>Any bits, also infinities and what is no number.</summary>
    public Value Floats(params int[] shape) => _graph.Input(new Value($"v{_count++}", ElementType.F32, new Shape(shape)));

    /// <summary>The numbers that <paramref name="x"/> stands for.</summary>
    public Value Dequantized(Value x) => _graph.Add(new Dequantize(), new Value($"v{_count++}", ElementType.F32, x.Shape), x);

    /// <summary>In a type of 8 or 16 bits, at a scale about <paramref name="scale"/> or as many times as gives halves.</summary>
    public Value Quantized(Value x, float scale)
    {
        var type = _random.Next(3) switch { 0 => ElementType.S16, 1 => ElementType.U8, _ => ElementType.S8 };
        var (least, most) = type.Range();
        var factor = OneIn(2) ? (float)Math.Pow(2, _random.Next(-3, 8)) : (float)Math.Pow(2, (_random.NextDouble() * 12) - 4);
        var y = new Value($"v{_count++}", type, x.Shape) { Quantization = new Quantization(scale * factor, OneIn(3) ? least : OneIn(3) ? most : _random.Next(least, most + 1)) };
        return _graph.Add(new Quantize(), y, x);
    }

    /// <summary>int16 from int8 or int16, or int8 from int16, at a scale that is larger or smaller.</summary>
    public Value Rescaled(Value x)
    {
        var type = x.Type == ElementType.S8 || OneIn(2) ? ElementType.S16 : ElementType.S8;
        var (least, most) = type.Range();
        var scale = IsExtreme ? x.Quantization!.Scale / Scale(-15, 15) : x.Quantization!.Scale * (float)Math.Pow(2, OneIn(4) ? _random.Next(-12, 13) : (_random.NextDouble() * 12) - 4);
        return _graph.Add(new Quantize(), new Value($"v{_count++}", type, x.Shape) { Quantization = new Quantization(scale, Pick(0, 0, 5, least, most)) }, x);
    }

    /// <summary>int8 from uint8, or the other way, at another scale: a table of bytes.</summary>
    public Value OtherSign(params int[] shape)
    {
        var (from, to) = OneIn(2) ? (ElementType.S8, ElementType.U8) : (ElementType.U8, ElementType.S8);
        Quantization Any(ElementType type) => new((float)Math.Pow(2, (_random.NextDouble() * 4) - 8), _random.Next(type.Range().Min, type.Range().Max + 1));
        var x = _graph.Input(new Value($"v{_count++}", from, new Shape(shape)) { Quantization = Any(from) });
        return _graph.Add(new Quantize(), new Value($"v{_count++}", to, x.Shape) { Quantization = Any(to) }, x);
    }

    /// <summary>Rows of int8 at any scale that leaves a difference; at the smallest ones all elements count alike.</summary>
    public Value Softmax(int rows, int depth, bool isWide) => Softmax(rows, depth, isWide, (float)Math.Pow(2, (_random.NextDouble() * 24) - 20));

    /// <summary>The same at a certain scale.</summary>
    public Value Softmax(int rows, int depth, bool isWide, float scale)
    {
        var x = _graph.Input(new Value($"v{_count++}", ElementType.S8, new Shape([rows, depth])) { Quantization = new Quantization(scale, Pick(-128, 0, 127)) });
        var y = isWide
            ? new Value($"v{_count++}", ElementType.S16, x.Shape) { Quantization = new Quantization(1f / 65536, short.MinValue) }
            : new Value($"v{_count++}", ElementType.S8, x.Shape) { Quantization = new Quantization(1f / 256, sbyte.MinValue) };
        return _graph.Add(new Softmax(1), y, x);
    }

    /// <summary>int8 or int16 with a zero point of its own.</summary>
    public Value Number(params int[] shape)
    {
        var type = OneIn(2) ? ElementType.S8 : ElementType.S16;
        var (least, most) = type.Range();
        var zeroPoint = OneIn(2) ? 0 : OneIn(3) ? least : OneIn(3) ? most : _random.Next(least, most + 1);
        return _graph.Input(new Value($"v{_count++}", type, new Shape(shape)) { Quantization = new Quantization(Scale(-8, 2), zeroPoint) });
    }
}
