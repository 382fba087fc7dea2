// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Emit;

/// <summary>One recorded inference from reset state: the bytes of all inputs in the model's order, and of all outputs.</summary>
internal sealed record GoldenCase(ReadOnlyMemory<byte> Inputs, ReadOnlyMemory<byte> Outputs);
