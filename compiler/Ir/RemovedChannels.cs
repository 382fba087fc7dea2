// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Ir;

/// <summary>What a layer was before channels were taken out of it: the proof that reports show.</summary>
/// <param name="Inputs">Input channels before; those that are left are the node's.</param>
/// <param name="Outputs">Output channels before.</param>
/// <param name="Constant">Output channels that were removed because they always hold one value.</param>
/// <param name="Unread">Output channels that were removed because nothing depends on them.</param>
/// <param name="Macs">Multiply-accumulates before.</param>
/// <param name="Bytes">Weights and bias before.</param>
internal sealed record RemovedChannels(int Inputs, int Outputs, int Constant, int Unread, long Macs, int Bytes);
