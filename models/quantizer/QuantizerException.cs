// SPDX-License-Identifier: MIT
namespace TinyInfer.Quantizer;

/// <summary>Input that cannot be quantized; the message is one sentence for the user.</summary>
internal sealed class QuantizerException(string message) : Exception(message);
