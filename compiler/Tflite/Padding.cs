// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Tflite;

/// <summary>SAME pads so that the output has ceil(input / stride) positions, the odd element at the end; VALID never pads.</summary>
internal enum Padding : byte
{
    SAME = 0,
    VALID = 1,
}
