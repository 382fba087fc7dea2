// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler;

/// <summary>Input that the compiler refuses. The message is the one sentence the user sees.</summary>
internal class CompilerException(string message) : Exception(message);
