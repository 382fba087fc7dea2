// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>Every TensorFlow Lite operator the compiler understands, and who reads it.</summary>
internal static class OpRegistry
{
    public static IReadOnlyDictionary<BuiltinOperator, Action<ImportContext>> Importers { get; } =
        new Dictionary<BuiltinOperator, Action<ImportContext>>
        {
            [BuiltinOperator.ADD] = Add.Import,
            [BuiltinOperator.DEQUANTIZE] = Dequantize.Import,
            [BuiltinOperator.FULLY_CONNECTED] = FullyConnected.Import,
            [BuiltinOperator.MUL] = Mul.Import,
            [BuiltinOperator.QUANTIZE] = Quantize.Import,
            [BuiltinOperator.SUB] = Sub.Import,
        };
}
