// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Tflite;

/// <summary>Facts of the format shared by the reader, the writer and their messages.</summary>
internal static class TfliteSchema
{
    public const int Version = 3;

    /// <summary>Operator codes from here on do not fit the field of older files, which then holds this number.</summary>
    public const int LargeOperatorCodes = (int)BuiltinOperator.PLACEHOLDER_FOR_GREATER_OP_CODES;

    /// <summary>The vector alignment every reader of constants relies on.</summary>
    public const int BufferAlignment = 16;

    /// <summary>Bytes a constant of <paramref name="count"/> elements takes, or null for types without a fixed size.</summary>
    public static long? ByteSize(TensorType type, long count) => type switch
    {
        TensorType.INT2 => (count + 3) / 4,
        TensorType.INT4 or TensorType.UINT4 => (count + 1) / 2,
        TensorType.BOOL or TensorType.INT8 or TensorType.UINT8 or TensorType.FLOAT8_E4M3FN or TensorType.FLOAT8_E5M2 => count,
        TensorType.INT16 or TensorType.UINT16 or TensorType.FLOAT16 or TensorType.BFLOAT16 => 2 * count,
        TensorType.INT32 or TensorType.UINT32 or TensorType.FLOAT32 => 4 * count,
        TensorType.INT64 or TensorType.UINT64 or TensorType.FLOAT64 or TensorType.COMPLEX64 => 8 * count,
        TensorType.COMPLEX128 => 16 * count,
        TensorType.STRING or TensorType.RESOURCE or TensorType.VARIANT => null,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
