// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen;

/// <summary>What generated code is chosen for: <c>--optimize</c>. The limits are in <see cref="Aim"/>.</summary>
internal enum Goal
{
    /// <summary>Fewest cycles in an image half as large again as the model's file, and the memory of an interpreter where that is worth the cycles.</summary>
    Balanced,

    /// <summary>Fewest cycles, within an image that mid-range boards hold and about the memory of an interpreter.</summary>
    Latency,

    /// <summary>Least arena, then fewest cycles.</summary>
    Memory,

    /// <summary>No constants besides those of the model, then fewest cycles.</summary>
    Flash,
}
