// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Codegen;

/// <summary>What makes words of <see cref="Layout.Msi"/> from row-major int8, and the other way round.</summary>
internal static class MixedSigns
{
    /// <summary>The top bits of the bytes 0 and 2: an operand of EOR.</summary>
    public const uint EvenTops = 0x00800080;
}
