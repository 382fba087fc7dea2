// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Ir;

/// <summary>
/// Two values that are the same bytes because control flow joins them: what one branch or turn writes as <paramref name="Tied"/>, others know as
/// <paramref name="Value"/>. They are of one size, and never live at once.
/// </summary>
internal sealed record Tie(Value Value, Value Tied);
