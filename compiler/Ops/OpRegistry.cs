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
            [BuiltinOperator.FULLY_CONNECTED] = FullyConnected.Import,
        };
}
