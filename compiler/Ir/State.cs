// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Ir;

/// <summary>
/// Memory that survives from one invocation to the next. To the graph it is an input and an output: no node has effects, and the
/// order of reading and writing is that of the values. Both are the same bytes of the state region.
/// </summary>
/// <param name="Value">What it holds at the start of an invocation.</param>
/// <param name="Next">What it holds afterwards: written once all readers of <paramref name="Value"/> have run.</param>
/// <param name="Initial">What it holds before the first invocation and after a reset.</param>
internal sealed record State(Value Value, Value Next, ReadOnlyMemory<byte> Initial);
