// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Import;

/// <summary>The values of a subgraph's tensors, made when first asked for: a tensor that nothing reads is no reason to refuse a model.</summary>
internal sealed class TensorValues(IReadOnlyList<TfliteTensor> tensors)
{
    private readonly Dictionary<int, Value> _values = [];

    public Value Of(int index)
    {
        if (!_values.TryGetValue(index, out var value))
        {
            _values[index] = value = ToValue(tensors[index]);
        }

        return value;
    }

    /// <summary>The same for an operand of <paramref name="reader"/>, which a refusal names.</summary>
    public Value Of(int index, Origin reader)
    {
        try
        {
            return Of(index);
        }
        catch (CompilerException refusal)
        {
            throw new CompilerException($"{reader}: {refusal.Message}");
        }
    }

    /// <summary>From now on the tensor has this shape, and all who read it from here on see it.</summary>
    public Value Shaped(int index, Shape shape)
    {
        var value = Of(index);
        return _values[index] = new Value(value.Name, value.Type, shape) { Quantization = value.Quantization };
    }

    private static Value ToValue(TfliteTensor tensor) => new(tensor.Name, TypeOf(tensor), new Shape([.. tensor.Shape]))
    {
        Quantization = QuantizationOf(tensor),
        Constant = tensor.Data.Length > 0 || (tensor.HasBuffer && tensor.ElementCount == 0) ? Stored(tensor) : default(ReadOnlyMemory<byte>?),
    };

    private static ElementType TypeOf(TfliteTensor tensor) => tensor.Type switch
    {
        _ when tensor.HasSparsity => throw new CompilerException(
            $"tensor {Quoted.Name(tensor.Name)}: sparse constants are not supported (supported: dense ones; convert without sparsity encoding)"),
        TensorType.INT8 => ElementType.S8,
        TensorType.INT4 when tensor.Data.Length > 0 => ElementType.S8,
        TensorType.INT4 => throw new CompilerException(
            $"tensor {Quoted.Name(tensor.Name)}: INT4 that is computed at run time is not supported (supported: INT4 constants)"),
        TensorType.UINT8 => ElementType.U8,
        TensorType.INT16 => ElementType.S16,
        TensorType.INT32 => ElementType.S32,
        TensorType.INT64 => ElementType.S64,
        TensorType.FLOAT32 => ElementType.F32,
        TensorType.FLOAT16 when tensor.Data.Length > 0 => ElementType.F32,
        TensorType.BOOL => ElementType.Bool,
        TensorType.UINT32 => ElementType.U32,
        TensorType.UINT64 => ElementType.U64,
        TensorType.RESOURCE => ElementType.S32, // a handle; see Variables
        _ => throw new CompilerException(
            $"tensor {Quoted.Name(tensor.Name)}: type {tensor.Type} is not supported (supported: INT4 constants, INT8, UINT8, INT16, INT32, INT64, UINT32, UINT64, FLOAT16 constants, FLOAT32, BOOL)"),
    };

    /// <summary>The constant's bytes; of INT4 a byte for each element, of FLOAT16 the same numbers as FLOAT32.</summary>
    private static ReadOnlyMemory<byte> Stored(TfliteTensor tensor) => tensor.Type switch
    {
        TensorType.INT4 => Unpacked(tensor.Data.Span, tensor.ElementCount),
        TensorType.FLOAT16 => Widened(tensor.Data.Span),
        _ => tensor.Data,
    };

    // Two elements a byte, the first one in the lower half.
    private static byte[] Unpacked(ReadOnlySpan<byte> packed, int count)
    {
        var elements = new byte[count];
        for (var i = 0; i < elements.Length; i++)
        {
            var half = i % 2 == 0 ? packed[i / 2] << 4 : packed[i / 2] & 0xF0;
            elements[i] = unchecked((byte)((sbyte)half >> 4));
        }

        return elements;
    }

    private static byte[] Widened(ReadOnlySpan<byte> halves)
    {
        var elements = new byte[2 * halves.Length];
        for (var i = 0; i < halves.Length; i += sizeof(ushort))
        {
            BinaryPrimitives.WriteSingleLittleEndian(elements.AsSpan(2 * i), (float)BinaryPrimitives.ReadHalfLittleEndian(halves[i..]));
        }

        return elements;
    }

    private static Quantization? QuantizationOf(TfliteTensor tensor) => tensor.Quantization is not { Scale.Length: > 0 } source
        ? null
        : new Quantization(source.Scale, [.. source.ZeroPoint.Select(zeroPoint => ZeroPoint(tensor, zeroPoint))], source.Axis);

    private static int ZeroPoint(TfliteTensor tensor, long zeroPoint) => zeroPoint is >= int.MinValue and <= int.MaxValue
        ? (int)zeroPoint
        : throw new CompilerException($"tensor {Quoted.Name(tensor.Name)}: zero point {zeroPoint} is not supported (supported: those of the tensor's type)");
}
