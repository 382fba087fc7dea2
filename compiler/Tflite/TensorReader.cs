// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Tflite;

/// <summary>Reads one tensor and its quantization, and checks that its constant fits its shape.</summary>
internal static class TensorReader
{
    private const int MostDimensions = 8;

    public static TfliteTensor Read(FlatTable table, TfliteBuffer[] buffers, string place)
    {
        var name = table.String(3);
        place = $"{place} {Quoted.Name(name)}";
        var shape = ReadShape(table, place);
        var type = table.Type(1);
        var buffer = FindBuffer(table, buffers, place);
        var sparse = table.Has(6);

        var data = sparse ? buffer.Data : Constant(type, shape, buffer.Data, place);

        return new TfliteTensor
        {
            Name = name,
            Type = type,
            Shape = shape,
            ShapeSignature = ReadShapeSignature(table, shape, place),
            Quantization = table.Table(4) is { } quantization ? ReadQuantization(quantization, type, shape, buffer.Present, place) : null,
            Data = data,
            HasBuffer = buffer.Present,
            IsVariable = table.Bool(5),
            HasSparsity = sparse,
        };
    }

    private static int[] ReadShape(FlatTable table, string place)
    {
        var shape = table.Ints(0);

        if (shape.Length > MostDimensions)
        {
            throw new TfliteException($"{place}: {shape.Length} dimensions are not supported (supported: {MostDimensions})");
        }

        long count = 1;
        foreach (var dimension in shape)
        {
            if (dimension < 0)
            {
                throw new TfliteException($"{place}: dimension {dimension} in shape [{string.Join(",", shape)}] is negative");
            }

            count *= dimension;

            if (count > int.MaxValue)
            {
                throw new TfliteException($"{place}: shape [{string.Join(",", shape)}] has 2^31 elements or more");
            }
        }

        return shape;
    }

    private static int[]? ReadShapeSignature(FlatTable table, int[] shape, string place)
    {
        var signature = table.Ints(7);

        if (signature.Length == 0)
        {
            return null;
        }

        if (signature.Length != shape.Length)
        {
            throw new TfliteException($"{place}: a shape signature of {signature.Length} dimensions does not fit shape [{string.Join(",", shape)}]");
        }

        return signature.All(dimension => dimension >= -1)
            ? signature
            : throw new TfliteException($"{place}: shape signature [{string.Join(",", signature)}] has a dimension below -1");
    }

    private static TfliteBuffer FindBuffer(FlatTable table, TfliteBuffer[] buffers, string place)
    {
        if (table.UInt(10) != 0)
        {
            throw new TfliteException($"{place}: its data is kept in another file (supported: data inside the model)");
        }

        // Buffer 0 is empty by definition, and a file may leave the list out altogether.
        var index = table.UInt(2);

        if (index == 0)
        {
            return default;
        }

        return index < buffers.Length
            ? buffers[index]
            : throw new TfliteException($"{place}: there is no buffer {index} (the file has {buffers.Length})");
    }

    // Some tools pad a constant's buffer; the shape decides how much of it is the tensor.
    private static ReadOnlyMemory<byte> Constant(TensorType type, int[] shape, ReadOnlyMemory<byte> data, string place)
    {
        if (data.IsEmpty || TfliteSchema.ByteSize(type, shape.Aggregate(1L, (product, dimension) => product * dimension)) is not { } size)
        {
            return data;
        }

        return size <= data.Length
            ? data[..(int)size]
            : throw new TfliteException($"{place}: its buffer has {data.Length} bytes ({type}[{string.Join(",", shape)}] takes {size})");
    }

    // Tables with only a range (min, max), or with empty lists, are common and mean: not quantized.
    // A scale of 0 is what converters give a constant whose elements are all equal to its zero point.
    private static TfliteQuantization? ReadQuantization(FlatTable table, TensorType type, int[] shape, bool constant, string place)
    {
        var detailsKind = table.Byte(4);

        if (detailsKind != 0)
        {
            throw new TfliteException($"{place}: quantization details of kind {detailsKind} are not supported (supported: scales and zero points)");
        }

        var scale = table.Floats(2);
        var zeroPoint = table.Longs(3);
        var axis = table.Int(6);

        if (scale.Length == 0)
        {
            return null;
        }

        foreach (var item in scale)
        {
            if (!float.IsFinite(item) || item < 0 || (item == 0 && !constant))
            {
                throw new TfliteException($"{place}: scale {item} is not a finite number above 0");
            }
        }

        // With one dimension, or one scale, there is nothing to choose, and files name any axis.
        if (shape.Length == 1 || scale.Length == 1)
        {
            axis = 0;
        }

        if (scale.Length > 1 && (axis < 0 || axis >= shape.Length || shape[axis] != scale.Length))
        {
            throw new TfliteException($"{place}: {scale.Length} scales along dimension {axis} do not fit shape [{string.Join(",", shape)}]");
        }

        return new TfliteQuantization(scale, ZeroPoints(zeroPoint, scale.Length, type, place), axis);
    }

    private static long[] ZeroPoints(long[] zeroPoint, int count, TensorType type, string place)
    {
        var (least, most) = type switch
        {
            TensorType.INT4 => (-8, 7),
            TensorType.INT8 => (sbyte.MinValue, sbyte.MaxValue),
            TensorType.UINT8 => (byte.MinValue, byte.MaxValue),
            TensorType.INT16 => (short.MinValue, short.MaxValue),
            _ => (int.MinValue, int.MaxValue),
        };

        foreach (var item in zeroPoint)
        {
            if (item < least || item > most)
            {
                throw new TfliteException($"{place}: zero point {item} does not fit {type}");
            }
        }

        return zeroPoint.Length switch
        {
            0 => new long[count],
            1 => [.. Enumerable.Repeat(zeroPoint[0], count)],
            _ when zeroPoint.Length == count => zeroPoint,
            _ => throw new TfliteException($"{place}: {zeroPoint.Length} zero points for {count} scales"),
        };
    }
}
