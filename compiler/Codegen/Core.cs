// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen;

/// <summary>The core that a program is made for; the numbers are those of <c>enum ti_core</c> in tinyinfer.h.</summary>
internal enum Core
{
    /// <summary>Any core: C kernels of the firmware only.</summary>
    Portable = 0,
    CortexM4 = 4,
    CortexM7 = 7,
}
