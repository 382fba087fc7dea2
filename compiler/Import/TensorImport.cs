// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Import;

/// <summary>A tensor of the file as a value of the graph.</summary>
internal static class TensorImport
{
    public static Value ToValue(TfliteTensor tensor) => new(tensor.Name, TypeOf(tensor), new Shape([.. tensor.Shape]))
    {
        Quantization = QuantizationOf(tensor),
        Constant = tensor.HasBuffer && !tensor.IsVariable ? tensor.Data : null,
    };

    private static ElementType TypeOf(TfliteTensor tensor) => tensor.Type switch
    {
        TensorType.INT8 => ElementType.S8,
        TensorType.UINT8 => ElementType.U8,
        TensorType.INT16 => ElementType.S16,
        TensorType.INT32 => ElementType.S32,
        TensorType.INT64 => ElementType.S64,
        TensorType.FLOAT32 => ElementType.F32,
        TensorType.BOOL => ElementType.Bool,
        _ => throw new CompilerException(
            $"tensor \"{tensor.Name}\": type {tensor.Type} is not supported (supported: INT8, UINT8, INT16, INT32, INT64, FLOAT32, BOOL)"),
    };

    private static Quantization? QuantizationOf(TfliteTensor tensor)
    {
        if (tensor.Quantization is not { Scale.Length: > 0 } source)
        {
            return null;
        }

        var zeroPoints = source.ZeroPoint.Length == 0 ? [0L] : source.ZeroPoint;
        return new Quantization(
            source.Scale,
            [.. Enumerable.Range(0, source.Scale.Length).Select(i => checked((int)zeroPoints[zeroPoints.Length == 1 ? 0 : i]))],
            source.Axis);
    }
}
