// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Tflite;

/// <summary>A .tflite file that is damaged, hostile, or of a kind that cannot be read.</summary>
internal sealed class TfliteException(string message) : CompilerException(message);
